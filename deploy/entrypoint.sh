#!/usr/bin/env bash
# Start of every container of the Odoo image: settings, wait for PostgreSQL, then the command.
set -Eeuo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=deploy/lib.sh
source "$here/lib.sh"

usage() {
    cat <<'TEXT'
Commands of this image:
  serve                       run Odoo (default)
  init                        create the database and install both addons if missing
  upgrade [MODULE,...]        upgrade the addons after a new version (odoo -u)
  backup [OPTIONS]            back up database and filestore; see backup --help
  restore [OPTIONS] ...       restore a backup; see restore --help
  odoo ...                    any command of Odoo itself, e.g. odoo shell
Anything else is run as it stands.
TEXT
}

wait_for_postgres() {
    local seconds=${DB_WAIT_SECONDS:-120}
    until pg_isready --quiet --dbname=postgres; do
        ((seconds-- > 0)) || die 1 "PostgreSQL at ${PGHOST:-the local socket} does not answer."
        sleep 1
    done
}

configure() {
    python3 "$here/render_config.py" "${ODOO_CONF_TEMPLATE:-$here/../odoo.conf}" "$ODOO_RC"
}

command=${1:-serve}
(($# == 0)) || shift

case $command in
    help | -h | --help)
        usage
        ;;
    init | upgrade)
        configure
        wait_for_postgres
        exec "$here/$command.sh" "$@"
        ;;
    backup | restore)
        wait_for_postgres
        exec "$here/$command.sh" "$@"
        ;;
    serve | odoo)
        configure
        wait_for_postgres
        exec odoo "$@"
        ;;
    *)
        exec "$command" "$@"
        ;;
esac
