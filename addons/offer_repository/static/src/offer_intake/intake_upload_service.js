import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {reactive} from "@odoo/owl";

export const UPLOAD_ROUTE = "/offer_repository/intake/upload";
/** What the file chooser of the browser offers; the server looks at the bytes. */
export const ACCEPTED =
    ".pdf,.docx,.xlsx,.odt,.png,.jpg,.jpeg,.gif,.webp,.tif,.tiff,.bmp,.eml,.msg";

/**
 * Sends files to the to-sort list, one after the other, and says what became of them.
 *
 * `state` is {done, total, name}; total is 0 while nothing is sent.
 */
export class IntakeUpload {
    constructor({send, tell, open, company}) {
        this.send = send;
        this.tell = tell;
        this.open = open;
        this.company = company;
        this.state = reactive({done: 0, total: 0, name: ""});
        this.waiting = [];
    }

    /** @param {File[]} files */
    async add(files) {
        this.waiting.push(...files);
        this.state.total += files.length;
        if (this.running) {
            return this.running;
        }
        this.running = this.run();
        try {
            return await this.running;
        } finally {
            this.running = null;
            Object.assign(this.state, {done: 0, total: 0, name: ""});
        }
    }

    async run() {
        const items = [];
        while (this.waiting.length) {
            const file = this.waiting.shift();
            this.state.name = file.name;
            const answer = await this.sendOne(file);
            items.push(...answer.items);
            for (const {name, message} of answer.refused) {
                this.tell(message, {title: name, type: "danger", sticky: true});
            }
            this.state.done++;
        }
        if (items.length) {
            this.tell(this.summary(items), {type: "success"});
            await this.open(items);
        }
        return items;
    }

    async sendOne(file) {
        try {
            return await this.send(file, this.company());
        } catch {
            const message = _t(
                "The file could not be sent. Check the connection and add it again."
            );
            return {items: [], refused: [{name: file.name, message}]};
        }
    }

    summary(items) {
        return items.length === 1
            ? _t("“%(name)s” is ready to be sorted.", {name: items[0].name})
            : _t("%(count)s documents are ready to be sorted.", {count: items.length});
    }
}

export const intakeUploadService = {
    dependencies: ["action", "file_upload", "notification"],
    start(env, {action, file_upload: fileUpload, notification}) {
        async function send(file, companyId) {
            const {xhr} = await fileUpload.upload(UPLOAD_ROUTE, [file], {
                buildFormData: (data) => data.append("company_id", companyId),
                displayErrorNotification: false,
            });
            await new Promise((resolve) => xhr.addEventListener("loadend", resolve));
            if (xhr.status !== 200) {
                throw new Error(xhr.statusText);
            }
            return JSON.parse(xhr.response);
        }
        return new IntakeUpload({
            send,
            tell: (message, options) => notification.add(message, options),
            open: (items) =>
                action.doAction(
                    {
                        type: "ir.actions.act_window",
                        name: _t("To Sort"),
                        res_model: "offer.intake",
                        res_id: items[0].id,
                        views: [[false, "form"]],
                    },
                    // the pager goes through all that came together
                    {props: {resIds: items.map((item) => item.id)}}
                ),
            company: () => user.activeCompany.id,
        });
    },
};

registry.category("services").add("offer_intake_upload", intakeUploadService);
