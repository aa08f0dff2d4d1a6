import json
import zipfile

from odoo import models

from ..evidence import BUNDLE_FORMAT, CHAINS, row_to_json

_BUNDLE_TIME = (1980, 1, 1, 0, 0, 0)  # the same archive gives the same bytes


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    def _export_archive(self, company, stream):
        """Write a company's chains with their files as a ZIP.

        One row after the other, so that memory does not grow with the archive.

        :param stream: binary file open for writing
        """
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bundle:
            self._seal_all()
            heads = {}
            for chain in CHAINS:
                model = self.env[f"offer.{chain}"].sudo()
                heads[chain] = model._query_chain_head(self.env.cr, company.id)
                with bundle.open(self._zip_entry(f"{chain}.jsonl"), "w") as file:
                    for kept in model._kept_rows(company):
                        file.write(row_to_json(kept).encode() + b"\n")
            self._export_files(company, bundle)
            manifest = {
                "format": BUNDLE_FORMAT,
                "company": {"id": company.id, "name": company.name},
                "heads": heads,
            }
            with bundle.open(self._zip_entry("manifest.json"), "w") as file:
                file.write(json.dumps(manifest, sort_keys=True, indent=1).encode())

    def _export_files(self, company, bundle):
        done = set()
        for name, pieces in self._kept_files(company):
            if name not in done:
                done.add(name)
                with bundle.open(self._zip_entry(f"files/{name}"), "w") as file:
                    file.writelines(pieces)

    def _zip_entry(self, name):
        entry = zipfile.ZipInfo(name, _BUNDLE_TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        return entry
