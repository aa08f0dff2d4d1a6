from odoo import api, models
from odoo.fields import Domain

from ..dossier import Column


class ContactPrivacySection(models.AbstractModel):
    """One kind of personal data: how it is handed out, and how it is erased.

    Both in one place, so that what is handed out is also what is erased. A new kind
    is a new model, nothing else::

        class ContactPrivacySectionTicket(models.AbstractModel):
            _name = "contact.privacy.section.ticket"
            _inherit = "contact.privacy.section"
            _description = "Personal data: tickets"

            _section_code = "ticket"

    Everything here runs in superuser mode, for a user who may answer requests, and
    within ``subject.companies``: see ``privacy_subject.Subject``.
    """

    _name = "contact.privacy.section"
    _description = "Personal data: section"

    # Short, unique and stable: the name in the file for machines.
    _section_code = ""
    _section_sequence = 100
    # A few rows of many facts rather than many rows
    _section_is_card = False

    @api.model
    def _get_sections(self):
        """Return all sections in their order, found through Odoo's registry."""
        names = self.env.registry.descendants([self._name], "_inherit")
        sections = [self.env[name].sudo() for name in names]
        return sorted(
            (section for section in sections if section._section_code),
            key=lambda section: (section._section_sequence, section._section_code),
        )

    # ------------------------------------------------------------------
    # Handing out
    # ------------------------------------------------------------------

    @api.model
    def _title(self):
        """Return the heading, in the language of the environment."""
        raise NotImplementedError

    @api.model
    def _about(self):
        """Return why we have it, from where, and how long it stays."""
        return ""

    @api.model
    def _columns(self):
        """Return a list of ``dossier.Column``."""
        raise NotImplementedError

    @api.model
    def _find(self, subject):
        """Return the model and the domain of what is the subject's.

        :return: tuple of a model in superuser mode and a Domain.
        """
        raise NotImplementedError

    @api.model
    def _values(self, record, subject):
        """Return {key of the column: value} of one record."""
        raise NotImplementedError

    @api.model
    def _files(self, record):
        """Return the ir.attachment records that belong to it."""
        return self.env["ir.attachment"].browse()

    @api.model
    def _count(self, subject):
        model, domain = self._find(subject)
        return model.search_count(domain)

    @api.model
    def _read_rows(self, subject, after, limit):
        """Return the next rows: a list of (id, values, attachments).

        :param int after: the last id of the rows before, 0 for the first.
        """
        model, domain = self._find(subject)
        records = model.search(
            domain & Domain("id", ">", after), order="id", limit=limit
        )
        return [
            (record.id, self._values(record, subject), self._files(record))
            for record in records
        ]

    @api.model
    def _column(self, key, title, is_long=False):
        return Column(key, title, is_long)

    @api.model
    def _label(self, record, name):
        """Return the translated label of a selection."""
        field = record._fields[name]
        return dict(field._description_selection(self.env)).get(record[name]) or None

    # ------------------------------------------------------------------
    # Erasing
    # ------------------------------------------------------------------

    @api.model
    def _preview(self, subject):
        """Return what of it goes, and what stays and why; changes nothing.

        :return: list of dicts of ``what`` (text), ``count``, and for what stays
            ``reason`` (one of contact.erasure.line's) and perhaps ``until`` (date) and
            ``detail`` (text).
        """
        return []

    @api.model
    def _erase(self, subject, limit):
        """Erase the next of what may go, up to ``limit`` records.

        Called again until it returns 0. Nothing that it erased may be found again.

        :return: int, the number of records erased.
        """
        return 0
