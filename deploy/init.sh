#!/usr/bin/env bash
# First start: create the database, replace Odoo's default password, install both addons.
# Each step is skipped when it is done, so an interrupted start goes on where it stopped.
set -Eeuo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=deploy/lib.sh
source "$here/lib.sh"

addons=contact_history,offer_repository
: "${PGDATABASE:?name the database}"
: "${ODOO_ADMIN_PASSWORD:?set the password of the first administrator}"
check_database_name "$PGDATABASE"

odoo_once() {
    odoo --stop-after-init --no-http --workers=0 --max-cron-threads=0 "$@"
}

installed() {
    database_exists "$PGDATABASE" &&
        [[ $(sql "$PGDATABASE" "SELECT to_regclass('ir_module_module') IS NOT NULL") == t ]] &&
        [[ $(sql "$PGDATABASE" "SELECT count(*) FROM ir_module_module
            WHERE state = 'installed' AND name = ANY (string_to_array('$1', ','))") == "$2" ]]
}

admin_never_logged_in() {
    [[ $(sql "$PGDATABASE" "SELECT count(*) FROM res_users_log l JOIN ir_model_data d
        ON d.module = 'base' AND d.name = 'user_admin' AND d.res_id = l.create_uid") == 0 ]]
}

# Odoo would run new code on old tables and views, and fail here and there.
check_versions() {
    local addon code database
    for addon in ${addons//,/ }; do
        code=$(python3 -c 'import ast, sys; print(ast.literal_eval(sys.stdin.read())["version"])' \
            <"$here/../addons/$addon/__manifest__.py")
        database=$(sql "$PGDATABASE" \
            "SELECT latest_version FROM ir_module_module WHERE name = '$addon'")
        [[ $code == "$database" ]] ||
            die 1 "$addon is $code in this image and $database in the database \"$PGDATABASE\". Back up, then run upgrade."
    done
}

if installed "$addons" 2; then
    check_versions
    say "database \"$PGDATABASE\" is ready."
    exit 0
fi

if ! installed base 1; then
    say "creating the database \"$PGDATABASE\"; this takes a minute"
    odoo_once --init=base
fi
# Odoo's own data give the first administrator the password "admin". An administrator who
# logged in already has chosen a password, in a database that was there before.
if admin_never_logged_in; then
    say "setting the password of the user \"admin\""
    odoo shell --no-http <"$here/set_admin_password.py" >/dev/null
fi
say "installing $addons; this takes some minutes"
odoo_once --init="$addons" ${ODOO_LANGUAGES:+--load-language="$ODOO_LANGUAGES"}
# Odoo's exit status is 0 even if it skipped a module
installed "$addons" 2 || die 1 "the addons were not installed; see the log above."
say "database \"$PGDATABASE\" is ready. Log in as \"admin\" with ODOO_ADMIN_PASSWORD."
