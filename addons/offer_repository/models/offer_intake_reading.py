from datetime import date
from decimal import Decimal

from odoo import api, fields, models

from ..evidence import sha256_hex
from ..matching import Party
from ..reading import DEFAULT_LIMITS

# A value that is less sure than this is shown, but not filled in.
_FILL_IN = 0.5
_DATES = {"date": "date", "validity": "date_valid_until"}
_AMOUNTS = ("amount_total", "amount_untaxed")


class OfferIntake(models.Model):
    """How documents come in: their bytes, what they say, and whom they may be for."""

    _inherit = "offer.intake"

    @api.model
    def _receive(self, files, company, origin, said="", **values):
        """Make an item to sort of the files of one offer.

        :param files: list of (name, bytes), the document itself first
        :param said: what a mail says that carried them; its file says it again
        :param values: further fields
        :return: the new ``offer.intake`` in sudo
        """
        readings = self.env["offer.document.reader"]._read_files(files)
        texts = [
            found.text
            for _name, _data, found in readings
            if not said or found.kind != "eml"
        ]
        text = "\n\n".join(filter(None, [said, *texts]))
        item_sudo = self.sudo().create(
            {
                "name": files[0][0][:200],
                "origin": origin,
                "company_id": company.id,
                "currency_id": company.sudo().currency_id.id,
                "sha256": sha256_hex(files[0][1]),
                "text": text or False,
                "problem": self._first_problem(readings),
                "readings": self._reading_values(readings),
                **values,
            }
        )
        item_sudo._attach(readings)
        item_sudo._fill_in()
        item_sudo._fill_in_lines(readings)
        return item_sudo

    @api.model
    def _first_problem(self, readings):
        problems = (found.problem for _name, _data, found in readings)
        return next(filter(None, problems), False)

    @api.model
    def _reading_values(self, readings):
        return {
            "texts": {
                sha256_hex(data): [found.text, found.problem]
                for _name, data, found in readings
            },
            "notes": [note for _name, _data, found in readings for note in found.notes],
        }

    def _attach(self, readings):
        # No post-processing: it would recompress images, and the bytes may be evidence.
        self.env["ir.attachment"].sudo().with_context(
            attachments_mime_plainxml=True, image_no_postprocess=True
        ).create(
            [
                {
                    "name": name,
                    "raw": data,
                    # what it is, not what somebody says: browsers act on it
                    "mimetype": found.mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
                for name, data, found in readings
            ]
        )

    # ------------------------------------------------------------------
    # Uploading
    # ------------------------------------------------------------------

    @api.model
    def _upload(self, name, data, company):
        """Take in a file of the user at work, unless the policy refuses it.

        :return: tuple of the item in sudo, empty when refused, and the reason
        """
        item_sudo = self._receive(
            [(name, data)], company, "upload", user_id=self.env.uid
        )
        problem = item_sudo.problem
        if problem and company.sudo().offer_unreadable_policy == "refuse":
            item_sudo.unlink()
            return self.sudo(), self.env["offer.document.reader"]._problem_text(problem)
        return item_sudo, ""

    @api.model
    def _upload_limit(self):
        return DEFAULT_LIMITS.bytes

    # ------------------------------------------------------------------
    # Proposals
    # ------------------------------------------------------------------

    def _fill_in(self):
        """Propose values from the text, and fill in those that are sure enough."""
        self.ensure_one()
        reader = self.env["offer.document.reader"]
        proposals = reader._propose(self.text or "", self.company_id)
        values = {"proposals": proposals}
        for proposal in proposals:
            if proposal["confidence"] >= _FILL_IN:
                values |= self._proposed_values(proposal["field"], proposal["value"])
        if not self.partner_id:
            values["partner_id"] = self._propose_partner(proposals).id
        if not values.get("date"):
            values["date"] = fields.Date.context_today(self)
        self.write({key: value for key, value in values.items() if value})

    @api.model
    def _proposed_values(self, field, value):
        """Return the fields of an item that a proposal stands for."""
        if field in _DATES:
            return {_DATES[field]: date.fromisoformat(value)}
        if field in _AMOUNTS:
            return {field: float(Decimal(value))}
        if field == "number":
            return {"external_number": value}
        if field == "currency":
            currency = self.env["res.currency"].search([("name", "=", value)], limit=1)
            return {"currency_id": currency.id}
        return {}

    def _propose_partner(self, proposals):
        """Return the customer that the text is about, if the user may read it.

        Found by the one matching engine, among the customers that the salesperson may
        use. Others are told of by cards, in the form.
        """
        told = {proposal["field"]: proposal["value"] for proposal in proposals}
        party = self._party(told)
        partners = self.env["res.partner"]
        if not party:
            return partners
        matches = self.env["offer.partner.key"]._find_matches(
            party, self.company_id._offer_tree()
        )
        check = self.env["offer.check"]
        if not party.name:
            matches = [check._believe_number(match) for match in matches]
        likely = [match.partner_id for match in matches if match.is_likely]
        usable = self._usable_partners(partners.browse(likely))
        return next((one for one in partners.browse(likely) if one in usable), partners)

    def _usable_partners(self, partners):
        """Return the customers that the branch, and its salesperson, may use."""
        companies_sudo = self.company_id.sudo().parent_ids
        # sudo: of customers of other branches nothing is told, not even that they are
        usable = partners.exists().filtered(
            lambda one: not one.sudo().company_id or one.company_id in companies_sudo
        )
        if self.user_id:
            theirs = usable.with_user(self.user_id).with_context(
                allowed_company_ids=self.company_id.ids
            )
            usable = usable.browse(theirs._filtered_access("read").ids)
        return usable

    def _party(self, told):
        """Return what a text says of its customer as the matching sees it, or None."""
        if not told.keys() & {"vat", "email", "phone", "customer"}:
            return None
        home = self.company_id.sudo().country_id.code
        vat = told.get("vat", "")
        return Party(
            name=told.get("customer", ""),
            vats=(vat,),
            emails=(told.get("email", ""),),
            phones=(told.get("phone", ""),),
            country=vat[:2] or home or None,
            home_countries=(home,) if home else (),
        )
