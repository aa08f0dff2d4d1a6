import {registry} from "@web/core/registry";

const TO_SORT = ".o_offer_repository_intake";

/** A PDF of one page with these lines, small enough to be written here. */
function makePdf(lines) {
    const shown = lines.map((line) => `(${line}) Tj 0 -20 Td`).join(" ");
    const content = `BT /F1 12 Tf 72 720 Td ${shown} ET`;
    const objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R " +
            "/Resources << /Font << /F1 5 0 R >> >> >>",
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ];
    let text = "%PDF-1.4\n";
    const starts = objects.map((object, index) => {
        const start = text.length;
        text += `${index + 1} 0 obj\n${object}\nendobj\n`;
        return `${String(start).padStart(10, "0")} 00000 n \n`;
    });
    const table = text.length;
    text += `xref\n0 6\n0000000000 65535 f \n${starts.join("")}`;
    text += `trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF`;
    return new File([text], "Oferta.pdf", {type: "application/pdf"});
}

function transferOf(lines) {
    const transfer = new DataTransfer();
    transfer.items.add(makePdf(lines));
    return transfer;
}

function drag(target, type, transfer) {
    target.dispatchEvent(
        new DragEvent(type, {bubbles: true, cancelable: true, dataTransfer: transfer})
    );
}

const OFFER = [
    "Oferta nr OF/99/2026",
    "Data oferty: 05.11.2026",
    "Razem netto: 80 000,00 EUR",
    "Razem brutto: 98 400,00 EUR",
];

registry.category("web_tour.tours").add("offer_repository_external_drop", {
    steps: () => [
        {
            content: "Drag a file over the archive",
            trigger: ".o_list_view, .o_view_nocontent",
            run() {
                drag(document, "dragenter", transferOf(OFFER));
            },
        },
        {
            content: "Drop it",
            trigger: ".o-Dropzone:contains(Drop offers here)",
            run() {
                drag(this.anchor, "drop", transferOf(OFFER));
            },
        },
        {
            content: "The document is shown beside what was read from it",
            trigger: `${TO_SORT} .o_offer_repository_preview iframe`,
        },
        {
            trigger: `${TO_SORT} .o_field_widget[name=external_number] input:value(OF/99/2026)`,
        },
        {
            content: "with the line it was read from",
            trigger:
                ".o_offer_repository_proposals li:contains(Sure):contains(Razem brutto: 98 400,00 EUR)",
        },
        {
            content: "Say whose offer it is",
            trigger: `${TO_SORT} .o_field_widget[name=partner_id] input`,
            run: "edit Zakład",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(ŁĄCZNIK)",
            run: "click",
        },
        {
            content: "Take it into the archive by the keyboard",
            trigger: "button[name=action_take]",
            run: "click",
        },
        {
            content: "Nothing is left to sort; the offer is one click away",
            trigger:
                ".o_notification:contains(OF/99/2026) button:contains(Open the offer)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=name]:contains(OF/99/2026)",
        },
        {
            content: "It can be closed with a reason",
            trigger: ".o_statusbar_buttons button:contains(Close)",
            run: "click",
        },
        {
            trigger: ".modal .o_radio_item:contains(Cancelled) input",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit The customer changed the plan",
        },
        {
            trigger: ".modal button[name=action_close]",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_statusbar_status button.o_arrow_button_current:contains(Cancelled)",
        },
    ],
});

registry.category("web_tour.tours").add("offer_repository_external_choose", {
    steps: () => [
        {
            content: "The button for those who use the keyboard or a phone",
            trigger: ".o_control_panel button:contains(Add offers)",
            run: "click",
        },
        {
            trigger: ".modal button:contains(Take a picture)",
        },
        {
            content: "Choose a file",
            trigger: ".modal:has(button:contains(Choose files))",
            run() {
                const input = this.anchor.querySelector(".o_offer_repository_files");
                input.files = transferOf(OFFER).files;
                input.dispatchEvent(new Event("change"));
            },
        },
        {
            content: "Not an offer after all",
            trigger: `.o_form_view:has(${TO_SORT}) button[name=action_discard]`,
            run: "click",
        },
        {
            content: "That was a mistake",
            trigger: ".o_notification:contains(is discarded) button:contains(Undo)",
            run: "click",
        },
        {
            trigger: `.o_form_view:has(${TO_SORT}) .o_arrow_button_current:contains(To sort)`,
        },
    ],
});
