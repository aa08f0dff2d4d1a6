/** Steps that several tours share. */

export function sendByComposer() {
    return [
        {
            content: "Open the composer",
            trigger: ".o_statusbar_buttons button[name=action_quotation_send]",
            run: "click",
        },
        {
            content: "The document is attached before sending",
            trigger:
                ".modal .o_mail_composer_form .o-mail-AttachmentContainer, .modal .o_field_widget[name=attachment_ids] *",
        },
        {
            content: "Send it",
            trigger: ".modal button[name=action_send_mail]",
            run: "click",
        },
        {
            content: "The quotation is out",
            trigger:
                "body:not(:has(.modal)) .o_statusbar_status button.o_arrow_button_current:contains(Quotation Sent)",
        },
    ];
}

export function openHistory() {
    return [
        {
            content: "Open the history of the customer",
            trigger: "a[name=contact_history]",
            run: "click",
        },
    ];
}
