from odoo import http
from odoo.http import content_disposition, request

PRIVACY = "contact_history.contact_history_group_privacy"


class AccessRequestController(http.Controller):
    @http.route(
        "/contact_history/access_request/<int:request_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def download(self, request_id):
        """Hand out what was collected of a person, and note that it was."""
        requests = request.env["contact.access.request"]
        if not request.env.user.has_group(PRIVACY):
            raise request.not_found()
        found = requests.search([("id", "=", request_id), ("state", "=", "done")])
        if not found or found._is_over():
            raise request.not_found()
        # sudo: nobody reads the file but through here; group and rule were asked.
        content = found.sudo().with_context(bin_size=False)._content()
        found._note_download()
        return request.make_response(
            content,
            [
                ("Content-Type", "application/zip"),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(found._file_name())),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
