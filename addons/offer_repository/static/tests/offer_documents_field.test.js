import {expect, test} from "@odoo/hoot";
import {click, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class Document extends models.Model {
    name = fields.Char();
    mimetype = fields.Char();

    _records = [
        {id: 11, name: "Offer S00012.pdf", mimetype: "application/pdf"},
        {id: 12, name: "drawing.dxf", mimetype: "image/vnd.dxf"},
    ];
}

class Revision extends models.Model {
    document_ids = fields.Many2many({relation: "document"});

    _records = [{id: 1, document_ids: [11, 12]}];
    _views = {
        form: `<form edit="0"><field name="document_ids" widget="offer_documents"/></form>`,
    };
}

defineMailModels();
defineModels([Document, Revision]);

test("documents are buttons with their names", async () => {
    await mountView({type: "form", resModel: "revision", resId: 1});

    expect(queryAllTexts(".o_offer_repository_documents button")).toEqual([
        "Offer S00012.pdf",
        "drawing.dxf",
    ]);
    expect(".fa-file-pdf-o").toHaveCount(1);
    expect(".o_offer_repository_documents button:eq(1)").toHaveAttribute(
        "title",
        "Download drawing.dxf"
    );
});

test("a PDF opens in the file viewer", async () => {
    await mountView({type: "form", resModel: "revision", resId: 1});

    await click(".o_offer_repository_documents button:first");
    await animationFrame();

    expect(".o-FileViewer").toHaveCount(1);
});
