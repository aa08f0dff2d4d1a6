import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {FileModel} from "@web/core/file_viewer/file_model";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {url} from "@web/core/utils/urls";

/**
 * Shows the documents of an item to sort beside its form: PDF and pictures as they are,
 * others as the text that was read from them.
 */
export class IntakePreview extends Component {
    static template = "offer_repository.IntakePreview";
    static props = {...standardFieldProps};

    setup() {
        this.state = useState({chosen: false});
    }

    get files() {
        return this.props.record.data[this.props.name].records.map((record) =>
            Object.assign(new FileModel(), {
                id: record.resId,
                name: record.data.name,
                mimetype: record.data.mimetype,
                type: "binary",
            })
        );
    }

    get file() {
        const files = this.files;
        return files.find((file) => file.id === this.state.chosen) || files[0];
    }

    get text() {
        return this.props.record.data.text || "";
    }

    get title() {
        return _t("Preview of %(name)s", {name: this.file.name});
    }

    get downloadUrl() {
        return url(this.file.urlRoute, {download: true});
    }
}

export const intakePreview = {
    component: IntakePreview,
    displayName: _t("Preview of documents"),
    supportedTypes: ["one2many"],
    fieldDependencies: [{name: "text", type: "text"}],
    relatedFields: [
        {name: "name", type: "char"},
        {name: "mimetype", type: "char"},
    ],
};

registry.category("fields").add("offer_intake_preview", intakePreview);
