import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {url} from "@web/core/utils/urls";

/** An offer beside the results: its document, its figures, its lines. */
export class FindPreview extends Component {
    static template = "offer_repository.FindPreview";
    static props = {
        preview: {type: [Object, {value: null}]},
        status: String,
        open: Function,
        close: Function,
    };

    setup() {
        this.state = useState({documentId: false});
    }

    get documents() {
        return this.props.preview.documents;
    }

    get document() {
        const chosen = this.documents.find(({id}) => id === this.state.documentId);
        return chosen || this.documents.find((file) => this.kind(file)) || null;
    }

    get moreText() {
        return _t("and %(count)s more", {count: this.props.preview.more_lines});
    }

    kind({mimetype}) {
        if (mimetype === "application/pdf") {
            return "pdf";
        }
        return /^image\/(png|jpeg|gif|webp|bmp)$/.test(mimetype) ? "image" : "";
    }

    address(file) {
        return url(`/web/content/${file.id}`, {filename: file.name});
    }

    viewer(file) {
        const address = encodeURIComponent(this.address(file));
        return `/web/static/lib/pdfjs/web/viewer.html?file=${address}#pagemode=none&zoom=page-width`;
    }

    onPick(file) {
        if (this.kind(file)) {
            this.state.documentId = file.id;
        } else {
            window.location.assign(
                url(`/web/content/${file.id}`, {filename: file.name, download: true})
            );
        }
    }
}
