from odoo import models
from odoo.exceptions import UserError
from odoo.tools import file_path

from ..document import AnchorSheet, Fact, Fonts, render_anchor

_FONTS = "web/static/fonts/google/Open_Sans/Open_Sans-{}.ttf"
_MONO = "web/static/fonts/google/Fira_Mono/Fira_Mono-Regular.ttf"


class OfferArchiveCheck(models.Model):
    """The hash of the day on paper, for the binder in the safe."""

    _inherit = "offer.archive.check"

    def action_print_anchor(self):
        """Download a page with the newest hashes, as text and as a QR code."""
        self.ensure_one()
        self.check_access("read")
        if self.state not in ("intact", "damaged"):
            raise UserError(
                self.env._(
                    "The check of %(company)s is not over yet. Print its hash of the "
                    "day when it is.",
                    company=self.company_id.name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/offer_repository/archive/anchor/{self.id}",
            "target": "download",
        }

    def _render_anchor(self):
        """Return the page as PDF; the same check gives the same bytes."""
        self.ensure_one()
        return render_anchor(self._anchor_sheet())

    def _anchor_sheet(self):
        verdicts = dict(self._fields["state"]._description_selection(self.env))
        return AnchorSheet(
            title=self.env._("Hash of the day"),
            company=self.company_id.name,
            facts=(
                Fact(self.env._("Checked on"), self._stated_date()),
                Fact(self.env._("Result"), verdicts[self.state]),
                Fact(self.env._("Revisions"), str(self.revision_count)),
                Fact(self.env._("Events"), str(self.event_count)),
            ),
            heads=tuple(self._head_lines()),
            remarks=(
                self.env._(
                    "This page proves later what the offer archive held on this day: "
                    "rows that are cut off or written anew do not lead to these hashes "
                    "any more. Sign it, date it and keep it where administrators of "
                    "the database cannot reach it."
                ),
                self.env._(
                    "To check an exported archive against it, give each line to "
                    "tools/verify_archive.py with --head. The QR code holds the same "
                    "lines."
                ),
            ),
            signature=self.env._("Date and signature"),
            fonts=self._anchor_fonts(),
            language=(self.env.lang or "en_US").replace("_", "-"),
        )

    def _anchor_fonts(self):
        return Fonts(
            file_path(_FONTS.format("Regular")),
            file_path(_FONTS.format("Bold")),
            file_path(_MONO),
        )
