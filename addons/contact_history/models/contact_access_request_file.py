import base64
import io
import json
from datetime import date, datetime

import pytz

from odoo import api, models
from odoo.tools import file_path, format_date, format_datetime, formatLang

from ..dossier import (
    Dossier,
    Fonts,
    Row,
    Section,
    safe_name,
    to_json,
    to_pdf,
    to_xlsx,
    write_bundle,
)

_FONT_FOLDER = "web/static/fonts/google/Open_Sans"


class ContactAccessRequestFile(models.AbstractModel):
    """Makes the ZIP of what was collected: to read, to process, and the files."""

    _name = "contact.access.request.file"
    _description = "Access request: file"

    @api.model
    def _make(self, request):
        """Return the bytes, in base64, as a binary field wants them.

        :param request: contact.access.request, in superuser mode and the language of
            the person.
        """
        attachments = self._attachments(request)
        names = {
            file.id: f"files/{safe_name(file.name or '', f'{number:04}_')}"
            for number, file in enumerate(attachments, 1)
        }
        dossier = self._dossier(request, names)
        stream = io.BytesIO()
        write_bundle(
            stream,
            [
                (safe_name(f"{dossier.title}.pdf"), lambda: to_pdf(dossier)),
                ("data.json", lambda: to_json(dossier)),
                ("data.xlsx", lambda: to_xlsx(dossier)),
                *(
                    (names[file.id], lambda file=file: file.raw or b"")
                    for file in attachments
                ),
            ],
        )
        content = stream.getvalue()
        request.file_size = len(content)
        return base64.b64encode(content)

    @api.model
    def _attachments(self, request):
        """Return the files in the order they are mentioned, each once."""
        ids = [
            file_id
            for part in request.part_ids
            for row in json.loads(part.rows)
            for file_id in row["files"]
        ]
        return self.env["ir.attachment"].sudo().browse(dict.fromkeys(ids)).exists()

    @api.model
    def _dossier(self, request, names):
        zone = pytz.timezone(request.partner_id.tz or request.user_id.tz or "UTC")
        rows = self._rows(request, names)
        sections = request.env["contact.privacy.section"]._get_sections()
        return Dossier(
            title=self.env._("Your data with us"),
            author=request.company_ids[:1].name,
            facts=self._facts(request, zone),
            notes=self._notes(request),
            sections=[
                Section(
                    section._section_code,
                    section._title(),
                    section._columns(),
                    rows.get(section._section_code, ()),
                    section._about(),
                    section._section_is_card,
                )
                for section in sections
            ],
            asked_at=request.date_asked,
            language=(request.lang or "en").replace("_", "-"),
            fonts=Fonts(
                *(
                    file_path(f"{_FONT_FOLDER}/Open_Sans-{face}.ttf")
                    for face in ("Regular", "SemiBold")
                )
            ),
            show=lambda value: self._show(value, zone),
            local=lambda moment: _local(moment, zone),
            files_label=self.env._("Files"),
            nothing_label=self.env._("Nothing."),
            page_label=self.env._("Page %(page)s", page="{page}"),
        )

    @api.model
    def _rows(self, request, names):
        """Return {code of the section: its rows}."""
        found = {}
        for part in request.part_ids.sorted("id"):
            found.setdefault(part.section_code, []).extend(
                Row(
                    {key: _from_text(value) for key, value in row["values"].items()},
                    [names[file_id] for file_id in row["files"] if file_id in names],
                )
                for row in json.loads(part.rows)
            )
        return found

    @api.model
    def _facts(self, request, zone):
        return [
            (self.env._("Person"), request.partner_id.display_name or ""),
            (self.env._("Held by"), ", ".join(request.company_ids.mapped("name"))),
            (self.env._("As of"), self._show(request.date_asked, zone)),
            (self.env._("Time zone"), zone.zone),
        ]

    @api.model
    def _notes(self, request):
        """Return what the person has to know. Override to add what is particular."""
        notes = [
            self.env._(
                "This is what we hold of you in our contact history and in the "
                "applications connected with it. The same is in data.json and "
                "data.xlsx, to be processed; files are in the folder “files”."
            ),
            self.env._(
                "Left out is what is other people's: recipients of messages beside you "
                "are only counted, and in our own notes the names, addresses and "
                "numbers of others are replaced by […]. Of your company's colleagues "
                "nothing is in here; each of them may ask for their own."
            ),
            self.env._(
                "You may have wrong data corrected, have data erased or restricted, "
                "object to its use, take back a consent, and complain to the "
                "supervisory authority. We decide nothing about you by machine alone."
            ),
        ]
        if request.is_partial:
            notes.append(
                self.env._(
                    "This file covers the branches named above. Other branches of the "
                    "company answer for themselves."
                )
            )
        return notes

    @api.model
    def _show(self, value, zone):
        """Return a value as people read it."""
        if isinstance(value, datetime):
            return format_datetime(self.env, value, tz=zone.zone, dt_format="medium")
        if isinstance(value, date):
            return format_date(self.env, value)
        if isinstance(value, bool):
            return self.env._("Yes") if value else self.env._("No")
        if isinstance(value, float):
            return formatLang(self.env, value)
        return str(value)


def _local(moment, zone):
    return pytz.utc.localize(moment).astimezone(zone).replace(tzinfo=None)


def _from_text(value):
    """Return what ``contact_access_request._to_text`` was given."""
    if not isinstance(value, dict):
        return value
    if "moment" in value:
        return datetime.fromisoformat(value["moment"])
    return date.fromisoformat(value["day"])
