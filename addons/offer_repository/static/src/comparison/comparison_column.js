import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

const STEPS = {ArrowLeft: -1, ArrowRight: 1};

/** Head of one offer: what it is, and what can be done with its column. */
export class ComparisonColumn extends Component {
    static template = "offer_repository.ComparisonColumn";
    static props = {
        column: {
            type: Object,
            shape: {
                key: String,
                title: String,
                notes: {type: Array, element: String},
                offer_id: Number,
                revision_id: Number,
            },
        },
        isBase: Boolean,
        isPinned: Boolean,
        canHide: Boolean,
        onMove: Function,
        onDrag: Function,
        onDrop: Function,
        onPin: Function,
        onHide: Function,
        onOpen: Function,
    };

    get moveTitle() {
        return _t("Move %(offer)s: drag it, or use the arrow keys", {
            offer: this.props.column.title,
        });
    }

    get pinTitle() {
        return this.props.isPinned
            ? _t("Release: compare with the first column")
            : _t("Compare the others with %(offer)s", {
                  offer: this.props.column.title,
              });
    }

    get hideTitle() {
        return _t("Hide %(offer)s", {offer: this.props.column.title});
    }

    onKeydown(ev) {
        const step = STEPS[ev.key];
        if (step) {
            ev.preventDefault();
            ev.stopPropagation();
            this.props.onMove(step);
        }
    }

    onDragStart(ev) {
        ev.dataTransfer?.setData("text/plain", this.props.column.key);
        this.props.onDrag();
    }
}
