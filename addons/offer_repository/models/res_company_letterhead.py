import base64

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import file_path, html2plaintext, is_html_empty
from odoo.tools.image import image_process

from ..document import Fonts, Letterhead

_LOGO_PIXELS = (900, 360)
_FONT_FOLDER = "web/static/fonts/google/Open_Sans"


def text_lines(*texts):
    """Return the non-empty lines of several texts, trimmed."""
    lines = (line.strip() for text in texts for line in (text or "").splitlines())
    return tuple(line for line in lines if line)


class ResCompany(models.Model):
    """What every document of a branch carries; call in sudo, parents are read too."""

    _inherit = "res.company"

    def _offer_letterhead(self):
        """Return name, address, footer and logo. Extend it to print more."""
        self.ensure_one()
        website = (self.website or "").partition("://")[2] or self.website
        reach = (self.phone, self.email, website)
        return Letterhead(
            name=self.name,
            details=text_lines(self._offer_address(), *reach)[:7],
            footer=self._offer_footer()[:4],
            logo=self._offer_logo(),
            accent=self._offer_nearest("primary_color") or "",
        )

    def _offer_nearest(self, field):
        """Return a value of the company, or of the closest parent that has one."""
        return next(
            (parent[field] for parent in self.parent_ids[::-1] if parent[field]),
            False,
        )

    def _offer_address(self):
        for company in self.parent_ids[::-1]:
            if company.street or company.city:
                return company.partner_id._display_address(without_company=True)
        return ""

    def _offer_footer(self):
        registry, vat = (
            self._offer_nearest("company_registry"),
            self._offer_nearest("vat"),
        )
        identity = [
            self.root_id.name,
            vat and f"{self.country_id.vat_label or self.env._('Tax ID')}: {vat}",
            registry and registry != vat and registry,
        ]
        own = self._offer_nearest("report_footer")
        return text_lines(
            " · ".join(part for part in identity if part),
            html2plaintext(own) if not is_html_empty(own) else "",
        )

    def _offer_logo(self):
        company = self._offer_logo_company()
        if not company:
            return None
        try:
            return image_process(base64.b64decode(company.logo), size=_LOGO_PIXELS)
        except UserError:  # an unreadable image must not keep an offer back
            return None

    def _offer_logo_company(self):
        """Return the nearest company that has a logo of its own, maybe none."""
        return self.parent_ids[::-1].filtered(
            lambda company: company.logo and not company.uses_default_logo
        )[:1]

    def _offer_fonts(self):
        """Return the fonts of documents."""
        return Fonts(
            *(
                file_path(f"{_FONT_FOLDER}/Open_Sans-{face}.ttf")
                for face in ("Regular", "SemiBold", "Italic")
            )
        )
