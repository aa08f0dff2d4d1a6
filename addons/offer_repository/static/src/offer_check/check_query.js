/** What a form may tell by typing alone, before the customer is saved. */
export const TYPED_FIELDS = [
    "name",
    "vat",
    "company_registry",
    "email",
    "phone",
    "website",
    "street",
    "city",
    "zip",
];

/** What finds a customer on its own, with the length from which asking makes sense. */
const FINDING_FIELDS = {
    name: 4,
    vat: 5,
    company_registry: 5,
    email: 5,
    phone: 5,
    website: 5,
};

/**
 * Return what a record of a quotation or a customer form tells about the customer.
 *
 * @param {{resModel: string, resId: number|false, data: object}} record
 */
export function queryOf({resModel, resId, data}) {
    const base = {model: resModel, res_id: resId || false};
    if (resModel === "sale.order") {
        return {
            ...base,
            partner_id: idOf(data.partner_id),
            company_id: idOf(data.company_id),
        };
    }
    if (resModel === "crm.lead") {
        return leadQueryOf(base, data);
    }
    if (resModel === "offer.intake") {
        return intakeQueryOf(base, data);
    }
    return {
        ...base,
        parent_id: idOf(data.parent_id),
        country_id: idOf(data.country_id),
        ...Object.fromEntries(TYPED_FIELDS.map((name) => [name, data[name] || ""])),
    };
}

/** A lead is asked about by what it says of a customer, or by the customer it has. */
function leadQueryOf(base, data) {
    const query = {
        ...base,
        partner_id: idOf(data.partner_id),
        company_id: idOf(data.company_id),
        country_id: idOf(data.country_id),
        ...Object.fromEntries(TYPED_FIELDS.map((name) => [name, ""])),
    };
    if (query.partner_id) {
        return query;
    }
    const told = ["phone", "website", "street", "city", "zip"];
    return {
        ...query,
        ...Object.fromEntries(told.map((name) => [name, data[name] || ""])),
        name: data.partner_name || data.contact_name || "",
        email: data.email_from || "",
    };
}

/** A document is asked about by its customer, or by what was read from it. */
function intakeQueryOf(base, data) {
    const query = {
        ...base,
        partner_id: idOf(data.partner_id),
        company_id: idOf(data.company_id),
        ...Object.fromEntries(TYPED_FIELDS.map((name) => [name, ""])),
    };
    if (query.partner_id) {
        return query;
    }
    const read = Object.fromEntries(
        (data.proposals || []).map(({field, value}) => [field, value])
    );
    return {
        ...query,
        name: read.customer || "",
        vat: read.vat || "",
        email: read.email || "",
        phone: read.phone || "",
    };
}

function idOf(value) {
    return (value && value.id) || false;
}

export function isWorthAsking(query) {
    if (query.model === "sale.order") {
        return Boolean(query.partner_id);
    }
    const isTyped = Object.entries(FINDING_FIELDS).some(
        ([name, length]) => query[name].length >= length
    );
    const isSaved = query.model === "res.partner" && query.res_id;
    return Boolean(isSaved || query.partner_id || query.parent_id || isTyped);
}
