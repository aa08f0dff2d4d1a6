import tempfile

from werkzeug.exceptions import Forbidden, NotFound

from odoo import http
from odoo.http import content_disposition, request


class OfferArchiveController(http.Controller):
    @http.route("/offer_repository/archive/<int:company_id>", type="http", auth="user")
    def export_archive(self, company_id):
        """Hand out a company's archive to an administrator of that company."""
        user = request.env.user
        if not user.has_group("offer_repository.offer_repository_group_admin"):
            raise Forbidden
        company = user.company_ids.filtered(lambda one: one.id == company_id)
        if not company:
            raise NotFound
        stream = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
        # sudo: an export leaves nothing out; group and company were checked above
        request.env["offer.revision"].sudo()._export_archive(company, stream)
        size = stream.tell()
        stream.seek(0)
        name = f"offer-archive-{company_id}.zip"
        response = request.make_response(
            stream,
            headers=[
                ("Content-Type", "application/zip"),
                ("Content-Length", size),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
        response.call_on_close(stream.close)
        return response

    @http.route(
        "/offer_repository/archive/anchor/<int:check_id>", type="http", auth="user"
    )
    def print_anchor(self, check_id):
        """Hand out the hash of the day on paper to those who may read the check."""
        check = request.env["offer.archive.check"].browse(check_id).exists()
        if not check or not check.has_access("read"):
            raise NotFound
        name = f"offer-archive-{check.company_id.id}-{check.date:%Y-%m-%d}.pdf"
        return request.make_response(
            check._render_anchor(),
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
