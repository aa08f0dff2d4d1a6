from odoo import api, fields, models
from odoo.http import request
from odoo.tools import html2plaintext

from ..timeline import shorten

ORIGIN = "web_form"
FORMS = "/website/form/"
# Where forms put the sender's address and words, in this order.
ADDRESS_FIELDS = ("email_from", "email", "partner_email", "phone")
TEXT_FIELDS = ("description", "body_html")


def is_form_of(model_name):
    """Return whether this request is a website's form that makes such a record."""
    return bool(request) and request.httprequest.path == f"{FORMS}{model_name}"


class ContactHistoryForm(models.AbstractModel):
    """Forms that visitors of the website fill in, whatever they make of it.

    Odoo's website makes a record of any model of a form: a lead, an application, a
    ticket, a mail to the company. It may not be installed, so the request tells.
    """

    _name = "contact.history.form"
    _description = "Contact history: web forms"

    @api.model
    def _capture(self, records):
        """Record one incoming contact for each record that a form has made."""
        # sudo: visitors have no rights; see contact.history.capture.
        records_sudo = self.env["contact.history.capture"]._safe(records)
        log_sudo = records_sudo.env["contact.interaction"]
        return log_sudo.create(
            [self._prepare_interaction(record_sudo) for record_sudo in records_sudo]
        )

    def _prepare_interaction(self, record_sudo):
        company = record_sudo._mail_get_companies()[record_sudo.id] or self.env.company
        text = self._first(record_sudo, TEXT_FIELDS)
        return {
            "origin": ORIGIN,
            "external_id": f"{record_sudo._name}-{record_sudo.id}",
            "res_model": record_sudo._name,
            "res_id": record_sudo.id,
            "channel": "web_form",
            "direction": "incoming",
            "state": "done",
            "occurred_at": fields.Datetime.now(),
            "user_id": self._user(record_sudo).id,
            "company_id": company.id,
            "subject": record_sudo.display_name,
            "preview": shorten(html2plaintext(text or "")),
            **self._sender(record_sudo, company),
        }

    def _user(self, record_sudo):
        user = self._first(record_sudo, ["user_id"])
        if not user or user._name != "res.users":
            return self.env["res.users"]
        return user.filtered(lambda one: one.active and not one.share)

    def _sender(self, record_sudo, company):
        """Return address and customer, as far as the form tells them."""
        if record_sudo._name == "mail.mail":
            # Odoo sends it from the company; the visitor is whom one answers.
            address = record_sudo.reply_to
        else:
            address = self._first(record_sudo, ADDRESS_FIELDS)
            customers = record_sudo._mail_get_partners()[record_sudo.id]
            customers = customers.filtered("partner_share")
            if customers:
                return {"address": address, "partner_id": customers[:1].id}
        if not address:
            return {"partner_id": False}
        log = self.env["contact.interaction"].sudo()
        draft = log.new({"address": address, "company_id": company.id})
        known = draft.address_normalized
        found = known and log._customer_of(known, company)
        return {"address": address, **(found or {"partner_id": False})}

    def _first(self, record_sudo, names):
        return next(
            (
                record_sudo[name]
                for name in names
                if name in record_sudo and record_sudo[name]
            ),
            False,
        )
