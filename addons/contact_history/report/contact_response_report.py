from odoo import fields, models
from odoo.models import parse_read_group_spec
from odoo.tools import SQL

PERCENTILES = {"median": 0.5, "percentile_90": 0.9}
# As PostgreSQL counts them: ISO, Monday is 1.
WEEKDAYS = [
    ("1", "Monday"),
    ("2", "Tuesday"),
    ("3", "Wednesday"),
    ("4", "Thursday"),
    ("5", "Friday"),
    ("6", "Saturday"),
    ("7", "Sunday"),
]


class ContactResponseReport(models.Model):
    """Response times for pivot and graph.

    Averages hide the customer who waited for a week, so this report has the
    median and the 90th percentile. They cannot be added up: the database reckons
    them anew for every group and every total.
    """

    _name = "contact.response.report"
    _description = "Response times"
    _auto = False
    _order = "started_at desc"
    _rec_name = "started_at"

    started_at = fields.Datetime(string="Waiting since", readonly=True)
    answered_at = fields.Datetime(string="Answered", readonly=True)
    interaction_id = fields.Many2one(
        "contact.interaction",
        string="First question",
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", string="Branch", readonly=True)
    user_id = fields.Many2one("res.users", string="Our person", readonly=True)
    asked_user_id = fields.Many2one("res.users", string="Asked first", readonly=True)
    team = fields.Char(readonly=True)
    channel = fields.Selection(selection="_selection_channel", readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("answered", "Answered")],
        readonly=True,
    )
    started_hour = fields.Char(string="Hour", readonly=True)
    started_weekday = fields.Selection(
        WEEKDAYS,
        string="Weekday",
        readonly=True,
        help="By the clock of the branch.",
    )
    is_confidential = fields.Boolean(string="Confidential", readonly=True)

    working_median = fields.Float(
        string="Working minutes, median",
        readonly=True,
        aggregator="median",
    )
    working_percentile_90 = fields.Float(
        string="Working minutes, 90th percentile",
        readonly=True,
        aggregator="percentile_90",
    )
    wall_median = fields.Float(
        string="Minutes, median",
        readonly=True,
        aggregator="median",
    )
    wall_percentile_90 = fields.Float(
        string="Minutes, 90th percentile",
        readonly=True,
        aggregator="percentile_90",
    )
    within_percent = fields.Float(
        string="% within target",
        readonly=True,
        aggregator="avg",
    )
    question_count = fields.Integer(string="Questions", readonly=True)
    handover_count = fields.Integer(string="Hand-overs", readonly=True)

    def _selection_channel(self):
        log = self.env["contact.interaction"]
        return log._fields["channel"]._description_selection(self.env)

    @property
    def _table_query(self):
        """Only what was answered has a time; only what has a target can miss it.

        The calendar, for the clock of the branch, is joined by its key from the left:
        PostgreSQL leaves it out where nobody asks for the day of the week.
        """
        return SQL(
            """
            SELECT turn.id, turn.started_at, turn.partner_id, turn.company_id,
                   turn.user_id, turn.asked_user_id, turn.team, turn.channel,
                   turn.state, turn.started_hour, turn.is_confidential,
                   turn.answered_at, turn.interaction_id,
                   EXTRACT(ISODOW FROM turn.started_at AT TIME ZONE 'UTC'
                           AT TIME ZONE COALESCE(calendar.tz, 'UTC')
                   )::int::varchar AS started_weekday,
                   turn.question_count, turn.handover_count,
                   spent.working AS working_median,
                   spent.working AS working_percentile_90,
                   spent.wall AS wall_median,
                   spent.wall AS wall_percentile_90,
                   CASE WHEN turn.answered_at IS NOT NULL AND turn.target_seconds > 0
                        THEN CASE WHEN turn.is_within THEN 100.0 ELSE 0.0 END
                    END AS within_percent
              FROM contact_response turn
              LEFT JOIN res_company company ON company.id = turn.company_id
              LEFT JOIN resource_calendar calendar
                     ON calendar.id = company.resource_calendar_id
              JOIN LATERAL (
                   SELECT CASE WHEN turn.answered_at IS NOT NULL
                               THEN turn.working_seconds / 60.0 END AS working,
                          CASE WHEN turn.answered_at IS NOT NULL
                               THEN turn.wall_seconds / 60.0 END AS wall
                   ) spent ON TRUE
            """
        )

    def _read_group_select(self, aggregate_spec, query):
        """Add percentiles to what Odoo's grouping can reckon."""
        if aggregate_spec != "__count":
            name, _property, function = parse_read_group_spec(aggregate_spec)
            if function in PERCENTILES and self._fields[name].aggregator == function:
                return SQL(
                    "PERCENTILE_CONT(%s) WITHIN GROUP (ORDER BY %s)",
                    PERCENTILES[function],
                    self._field_to_sql(self._table, name, query),
                )
        return super()._read_group_select(aggregate_spec, query)

    def action_open_question(self):
        """Open the contact that had to be answered."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "contact.interaction",
            "res_id": self.interaction_id.id,
            "views": [(False, "form")],
        }
