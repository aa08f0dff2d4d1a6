import io

from openpyxl import load_workbook

from .common import OfferCommon


class ComparisonCommon(OfferCommon):
    """Offers to compare, and what is read back from files."""

    @classmethod
    def _compare(cls, user, revisions, currency=None):
        """Return what ``user`` sees of these versions."""
        return cls._as(user)["offer.comparison"].read_comparison(
            revisions.ids, currency.id if currency else False
        )

    @staticmethod
    def _rows(answer, group="lines-0"):
        """Return the rows of a group by label, each as (text, difference to first)."""
        first = answer["columns"][0]["key"]
        (found,) = [one for one in answer["groups"] if one["key"] == group]
        return {
            row["label"]: [
                (cell["text"], cell["against"].get(first, {}).get("text", ""))
                for cell in row["cells"]
            ]
            for row in found["rows"]
        }

    @classmethod
    def _xlsx(cls, user, revisions, **view):
        stream = io.BytesIO()
        request = {"revision_ids": revisions.ids, "view": view}
        cls._as(user)["offer.comparison"]._write_xlsx(request, stream)
        return stream.getvalue()

    @classmethod
    def _export(cls, user, **request):
        stream = io.BytesIO()
        cls._as(user)["offer.export"]._write_sheet(request, stream)
        return stream.getvalue()

    @staticmethod
    def _read_sheets(data):
        """Return the values of each sheet, row by row, by the sheet's name."""
        book = load_workbook(io.BytesIO(data))
        return {
            page.title: [list(row) for row in page.iter_rows(values_only=True)]
            for page in book
        }

    @classmethod
    def _allow_export(cls, *users):
        for user in users:
            user.group_ids += cls.env.ref("base.group_allow_export")
