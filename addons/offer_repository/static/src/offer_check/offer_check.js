import {Component, onWillDestroy, status, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {CheckModel, TYPED_FIELDS} from "./check_model";
import {OfferCheckCard} from "./offer_check_card";
import {OfferCheckCustomer} from "./offer_check_customer";
import {OfferCheckDialog} from "./offer_check_dialog";

/**
 * Warns in quotation and customer forms that the customer is known already, or that
 * another branch has a live offer for it. Shows nothing while it asks, and changes the
 * record only when the user says so.
 */
export class OfferCheck extends Component {
    static template = "offer_repository.OfferCheck";
    static components = {OfferCheckCard, OfferCheckCustomer};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.forms = useService("offer_check");
        this.root = useRef("root");
        this.model = useState(new CheckModel((query) => this.ask(query)));
        // Not awaited: the form must not wait for the check.
        useRecordObserver((record) => this.model.follow(record));
        useEffect(
            (form) => this.listen(form, "input", (ev) => this.onInput(ev)),
            () => [this.root.el?.closest(".o_form_renderer")]
        );
        useEffect(
            (frame) => this.listen(frame, "click", (ev) => this.onClick(ev)),
            () => [this.root.el?.closest(".modal-content, .o_action")]
        );
        this.form = {
            resModel: this.props.record.resModel,
            use: (card) => this.pick(card),
            retry: () => this.retry(),
        };
        const remove = this.forms.add(this.form);
        onWillDestroy(() => {
            this.model.cancel();
            remove();
        });
    }

    listen(element, type, handler) {
        element?.addEventListener(type, handler, true);
        return () => element?.removeEventListener(type, handler, true);
    }

    ask(query) {
        return this.orm.silent.call("offer.check", "check_customer", [query]);
    }

    onInput(ev) {
        const name = ev.target.closest?.(".o_field_widget[name]")?.getAttribute("name");
        if (
            this.props.record.resModel === "res.partner" &&
            TYPED_FIELDS.includes(name)
        ) {
            this.model.type(name, ev.target.value);
        }
    }

    /** Remember what saves or sends, to press it again once a stop is answered. */
    onClick(ev) {
        const button = ev.target.closest?.(
            ".o_form_button_save, .o_statusbar_buttons button[name]"
        );
        this.lastButton = button || this.lastButton;
    }

    retry() {
        if (this.lastButton?.isConnected) {
            return this.lastButton.click();
        }
        return this.props.record.save();
    }

    get title() {
        return this.model.isCertain
            ? _t("Another branch already has an offer out to this customer")
            : _t("Another branch may already have an offer out to this customer");
    }

    get customersTitle() {
        return this.model.isKnown
            ? _t("This customer is known already")
            : _t("This customer may be known already");
    }

    get isSaved() {
        return Boolean(this.customerId);
    }

    /** The saved customer the form is about. */
    get customerId() {
        const {model, res_id, partner_id} = this.model.query || {};
        return model === "res.partner" ? res_id : partner_id;
    }

    /** Whether the form is the customer's own and holds what is not saved. */
    async isTyped() {
        const {record} = this.props;
        return record.resModel === "res.partner" && (await record.isDirty());
    }

    // ------------------------------------------------------------------
    // What users do about a card
    // ------------------------------------------------------------------

    openOffer(offerId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "offer.offer",
            res_id: offerId,
            views: [[false, "form"]],
            target: "new",
        });
    }

    /** Take the customer that is there already. */
    async use(card) {
        const below = this.forms.below(this.form);
        if (this.props.record.resModel !== "res.partner") {
            return this.pick(card);
        }
        if (this.env.inDialog && below) {
            await below.use(card);
            return this.env.dialogData.close();
        }
        return this.openCustomer(card);
    }

    pick(card) {
        return this.props.record.update({
            partner_id: {id: card.partner_id, display_name: card.name},
        });
    }

    async openCustomer(card) {
        // What was typed describes the customer who is opened now.
        await this.props.record.discard();
        if (this.env.inDialog) {
            this.env.dialogData.close();
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: card.partner_id,
            views: [[false, "form"]],
        });
    }

    askBranch(card) {
        this.dialog.add(OfferCheckDialog, {
            title: _t("Ask %(branch)s", {branch: card.branch}),
            label: _t("Your question"),
            confirmLabel: _t("Send question"),
            confirm: (text) => this.tell("ask_branch", [card.key, text]),
        });
    }

    requestHandover(card) {
        const {name} = this.model.query || {};
        const customer = name || this.props.record.data.partner_id?.display_name || "";
        this.dialog.add(OfferCheckDialog, {
            title: _t("Request a hand-over from %(branch)s", {branch: card.branch}),
            label: _t("Why the customer should be yours"),
            confirmLabel: _t("Send request"),
            confirm: (text) =>
                this.tell("request_handover", [card.key, text, customer]),
        });
    }

    sayDifferent(card) {
        this.dialog.add(OfferCheckDialog, {
            title: _t("Not the same customer"),
            label: _t("How you know"),
            confirmLabel: _t("Mark as different customers"),
            confirm: (text) => this.judgeDifferent(card, text),
        });
    }

    async tell(method, args) {
        const answer = await this.orm.call("offer.check", method, args);
        this.notification.add(answer, {type: "success"});
    }

    async judgeDifferent(card, reason) {
        // Of what is typed but not saved the server knows nothing: saving tells it.
        const isStored = this.isSaved && !(await this.isTyped());
        const named = card.partner_id ? {partner_id: card.partner_id} : {key: card.key};
        const said = {customerId: isStored && this.customerId, named, card};
        if (isStored) {
            const args = [said.customerId, named, reason];
            await this.orm.call("offer.check", "judge_different", args);
        }
        this.model.dismiss(card, reason);
        await this.keepUnsaved(said);
        const close = this.notification.add(_t("Marked as different customers."), {
            type: "success",
            buttons: [
                {
                    name: _t("Take back"),
                    onClick: () => {
                        close();
                        return this.takeBack(said);
                    },
                },
            ],
        });
    }

    async takeBack(said) {
        if (said.customerId) {
            const args = [said.customerId, said.named];
            await this.orm.call("offer.check", "take_back_different", args);
        }
        if (status(this) !== "destroyed") {
            await this.model.restore(said.card);
            await this.keepUnsaved(said);
        }
    }

    /** What was said of a customer who is not saved yet goes with the form. */
    async keepUnsaved({customerId}) {
        if (!customerId) {
            await this.props.record.update({
                offer_check_different: this.model.judgements,
            });
        }
    }
}

registry.category("view_widgets").add("offer_check", {component: OfferCheck});
