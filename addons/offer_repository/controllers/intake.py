from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

_GROUP = "offer_repository.offer_repository_group_user"


class IntakeController(http.Controller):
    @http.route(
        "/offer_repository/intake/upload",
        type="http",
        auth="user",
        methods=["POST"],
    )
    def upload(self, ufile=None, company_id=None, **kwargs):
        """Take in files that were dropped or chosen, for the branch that is on.

        Each file is taken or refused by itself.

        :param company_id: id of a branch of the user, as text
        :return: JSON dict of ``items`` (id and name) and ``refused`` (name, message)
        """
        if not request.env.user.has_group(_GROUP):
            raise AccessError(
                request.env._("Only users of the offer repository add offers.")
            )
        company = self._company(company_id)
        request.update_context(allowed_company_ids=company.ids)
        answer = {"items": [], "refused": []}
        for file in request.httprequest.files.getlist("ufile"):
            self._take(file, company, answer)
        return request.make_json_response(answer)

    def _company(self, company_id):
        """Return the branch named by the client, if the user works there."""
        wanted = int(company_id) if (company_id or "").isdecimal() else 0
        companies = request.env.user.company_ids
        return companies.filtered(lambda one: one.id == wanted) or (
            request.env.user.company_id
        )

    def _take(self, file, company, answer):
        intake = request.env["offer.intake"]
        name = (file.filename or "").rpartition("/")[2][:200] or "file"
        data = file.stream.read(intake._upload_limit() + 1)
        try:
            with request.env.cr.savepoint():
                item_sudo, refusal = intake._upload(name, data, company)
        except UserError as error:
            answer["refused"].append({"name": name, "message": str(error)})
            return
        if refusal:
            answer["refused"].append({"name": name, "message": refusal})
        else:
            answer["items"].append({"id": item_sudo.id, "name": item_sudo.name})
