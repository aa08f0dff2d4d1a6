from odoo import api, models


class OfferImport(models.Model):
    """Rows of an import, looked at and taken over in batches; resumable."""

    _inherit = "offer.import"

    @api.model
    def _cron_run(self, batch=20):
        """Go on with imports until the time of the cron is over."""
        open_states = ("checking", "running")
        while job := self.search([("state", "in", open_states)], order="id", limit=1):
            done = job._step(batch)
            self.env.flush_all()
            remaining = self.search_count([("state", "in", open_states)])
            if not self.env["ir.cron"]._commit_progress(done, remaining=remaining):
                return
            self.env.invalidate_all()

    def _step(self, batch):
        """Do the next rows, or end the present state when there are none.

        :return: number of rows done
        """
        self.ensure_one()
        rows = self._next_rows(batch)
        if not rows:
            self.state = "checked" if self.state == "checking" else "done"
            return 0
        # messages are kept, so they are in the language of whoever will read them
        rows = rows.with_context(lang=self.user_id.lang)
        archive = self._archive()
        if self.state == "checking":
            rows._check(archive)
        else:
            rows._take(archive)
        self.done_count += len(rows)
        return len(rows)

    def _next_rows(self, limit):
        is_checking = self.state == "checking"
        states = ("waiting",) if is_checking else ("new", "revised")
        return self.env["offer.import.row"].search(
            [
                ("import_id", "=", self.id),
                ("state", "in", states),
                ("is_taken", "=", False),
            ],
            order="number",
            limit=limit,
        )

    # ------------------------------------------------------------------
    # What became of it
    # ------------------------------------------------------------------

    def action_open_errors(self):
        """List the rows that have faults."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Errors"),
            "res_model": "offer.import.row",
            "views": [(False, "list")],
            "domain": [("import_id", "=", self.id), ("state", "=", "error")],
        }

    def action_open_offers(self):
        """List the offers that were taken over."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_offer_action"
        )
        offers = self.row_ids.filtered("is_taken").offer_id
        return {**action, "domain": [("id", "in", offers.ids)]}

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _list_problem(self, error):
        texts = {
            "encoding": self.env._(
                "The list is in a code that is not known here. Save it as “CSV UTF-8” "
                "or as XLSX."
            ),
            "unsupported": self.env._(
                "The list is neither CSV nor XLSX. Save it as one of the two."
            ),
            "rows": self.env._(
                "The list has more than %(count)s rows. Split it into several.",
                count=error.detail,
            ),
            "columns": self.env._(
                "The list has %(count)s columns; that is no list of offers.",
                count=error.detail,
            ),
        }
        reader = self.env["offer.document.reader"]
        reason = texts.get(error.code) or reader._problem_text(error.code)
        return f"{self.list_name or ''}: {reason}"

    def _zip_problem(self, error):
        texts = {
            "path": self.env._(
                "“%(name)s” points out of the archive. Make the ZIP anew, of one "
                "folder with the documents.",
                name=error.detail,
            ),
            "nested": self.env._(
                "“%(name)s” is an archive within the archive. Put the documents "
                "themselves into the ZIP.",
                name=error.detail,
            ),
            "encrypted": self.env._(
                "The ZIP is protected by a password. Make it without one."
            ),
            "broken": self.env._("The file is no ZIP archive, or it is damaged."),
        }
        reader = self.env["offer.document.reader"]
        reason = texts.get(error.code) or reader._problem_text(error.code)
        return f"{self.zip_name or ''}: {reason}"


class OfferImportRow(models.Model):
    _inherit = "offer.import.row"

    def _fault_texts(self):
        return {
            "missing": self.env._("Fill it in."),
            "number": self.env._("Write it as a number, such as 1234.50."),
            "range": self.env._("The amount must be above zero and of sensible size."),
            "date": self.env._("Write it as a date, such as 2026-12-31."),
            "currency": self.env._("Write the three letters of the currency."),
            "inactive": self.env._("Have the currency switched on first."),
            "state": self.env._("Write sent, won, lost or cancelled."),
            "order": self.env._("It contradicts the value beside it. Correct one."),
            "repeated": self.env._("The list has this number twice. Keep one row."),
            "unknown": self.env._(
                "Nobody of the branch, or several people, have this name. Write the "
                "login."
            ),
            "colleague": self.env._(
                "Only those who see all documents of the branch import for colleagues."
            ),
            "nobody": self.env._(
                "No customer of yours fits. Create it first, or write its tax number."
            ),
            "several": self.env._("Several customers fit. Write the tax number."),
            "absent": self.env._("The ZIP has no such file."),
            "damaged": self.env._("The file in the ZIP is damaged."),
        }
