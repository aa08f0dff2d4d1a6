from odoo import api, fields, models

# Whose name below a company would repeat the company's.
_NAMED_BY = {"child_ids": "name"}
# They tell who has a record since when, not whose it is.
_SILENT = ("user_id", "create_date")
_LEAST_DIGITS = 7  # fewer are an extension, not a number


class OfferPartnerMatch(models.Model):
    """Two customers field by field, for the review."""

    _inherit = "offer.partner.match"

    def _review_fields(self, left_sudo, right_sudo):
        """Return the fields side by side that one of the two has filled."""
        rows = []
        for name, label in self._review_field_labels():
            values = [
                self._review_value(side, name) for side in (left_sudo, right_sudo)
            ]
            if any(values):
                rows.append(
                    {
                        "name": name,
                        "label": label,
                        "values": values,
                        "mark": self._review_mark(name, *values),
                    }
                )
        return rows

    @api.model
    def _review_field_labels(self):
        """Return the names and labels of the fields to compare, in order.

        Override to add fields of other addons.
        """
        names = [
            "name",
            "is_company",
            "vat",
            "company_registry",
            *self.env["res.partner"]._offer_email_fields(),
            *self.env["res.partner"]._phone_get_number_fields(),
            "website",
            "street",
            "street2",
            "zip",
            "city",
            "country_id",
            "child_ids",
            "bank_ids",
            "user_id",
            "create_date",
        ]
        known = self.env["res.partner"].fields_get(names, ["string"])
        # Odoo's labels of these read like a form's, or in Greek like another field's.
        own = {
            "name": self.env._("Name"),
            "is_company": self.env._("Kind"),
            "child_ids": self.env._("Contact persons"),
        }
        return [
            (name, own.get(name) or known[name]["string"])
            for name in names
            if name in known
        ]

    @api.model
    def _review_value(self, partner_sudo, name):
        """Return one value of a customer as text, empty without one."""
        value = partner_sudo[name]
        if name == "is_company":
            company, person = self.env._("Company"), self.env._("Person")
            return company if value else person
        if isinstance(value, models.BaseModel):
            return ", ".join(value[:10].mapped(_NAMED_BY.get(name, "display_name")))
        if name == "create_date":
            return fields.Date.to_string(value)
        return value or ""

    @api.model
    def _review_mark(self, name, left, right):
        """Return ``same``, ``differs`` or, where one side has no value, ``single``.

        ``none`` where being equal or not says nothing about the customers.
        """
        if name in _SILENT:
            return "none"
        if not left or not right:
            return "single"
        plain = [
            "".join(filter(str.isalnum, text.casefold())) for text in (left, right)
        ]
        if plain[0] == plain[1]:
            return "same"
        is_number = name in self._review_number_fields()
        return "same" if is_number and _is_one_number(*plain) else "differs"

    @api.model
    def _review_number_fields(self):
        """Return the fields whose values may or may not begin with a country's code."""
        return ["vat", *self.env["res.partner"]._phone_get_number_fields()]


def _is_one_number(left, right):
    """Tell whether two numbers differ in the prefix of the country only."""
    shorter, longer = sorted(
        ("".join(filter(str.isdecimal, text)) for text in (left, right)), key=len
    )
    shorter = shorter.lstrip("0")
    return len(shorter) >= _LEAST_DIGITS and longer.endswith(shorter)
