#include "core/cell_list.hpp"
#include "modules/exports/exports.hpp"

namespace doorstep::exports {

namespace {

/// More own fields than these are not found: a table has an end to the right, too.
constexpr std::int64_t most_keys = 400;

const db::Query keys_sql{"exports.keys", R"sql(
    select distinct k from contacts c, jsonb_object_keys(c.custom_fields) k
    where c.account_id = $1 and c.deleted_at is null and c.custom_fields <> '{}'
        and not exists (select from custom_fields f where f.account_id = $1 and f.key = k)
    order by k limit $2
)sql"};

ClientFilter as_list(const ExportFilter& filter) {
    return {
        .q = filter.q,
        .stage = filter.stage,
        .tag = filter.tag,
        .field = filter.field,
        .assigned_to = filter.assigned_to,
        .sort = filter.sort
    };
}

/// Fields with a definition come first, in its order, each under its label; then what else there is under a key of its own.
struct OwnFields {
    std::vector<std::string> keys;
    std::vector<std::string> labels;
};

Cells header_row(const OwnFields& own) {
    Cells cells{"Name", "Email", "Phone",          "Property address", "Property type", "Stage",
                "Tags", "Notes", "Last contacted", "Unsubscribed",     "Created at",    "Id"};
    cells.insert(cells.end(), own.labels.begin(), own.labels.end());
    return cells;
}

Cells client_row(const Client& client, const OwnFields& own) {
    Cells cells{
        client.name,
        client.email ? client.email->value : "",
        client.phone ? client.phone->value : "",
        client.property_address,
        std::string(enum_text(client.property_type)),
        std::string(enum_text(client.stage)),
        write_cell_list(client.tags),
        client.notes.value_or(""),
        client.last_contacted ? format_rfc3339(*client.last_contacted) : "",
        client.email_unsubscribed ? "yes" : "no",
        format_rfc3339(client.created_at),
        client.id.text(),
    };
    auto custom = JsonDocument::parse(client.custom_fields.text);
    for (auto& key : own.keys) {
        auto value = custom.root().find(key);
        if (!value || value->is_null())
            cells.emplace_back();
        else
            cells.push_back(value->kind() == JsonView::Kind::string ? std::string(value->string()) : value->text());
    }
    return cells;
}

} // namespace

Task<Table> Exports::clients(Context& ctx, const ExportFilter& filter) {
    auto list = as_list(filter);
    contacts::terms_of(list); // refuses what is malformed
    auto fields = co_await parts_.contacts.fields.list(ctx);
    OwnFields own;
    for (auto& field : fields.items) {
        own.keys.push_back(field.key);
        own.labels.push_back(field.label);
    }
    auto free_form = co_await parts_.db.all<std::string>(ctx, keys_sql, ctx.account_id, most_keys);
    for (auto& key : free_form) {
        own.keys.push_back(key);
        own.labels.push_back(key);
    }
    struct Place {
        ClientFilter filter;
        OwnFields own;
        std::optional<Client> last;
        bool more = true;
    };
    auto header = header_row(own);
    auto place = std::make_shared<Place>(Place{std::move(list), std::move(own), std::nullopt});
    auto& contacts = parts_.contacts;
    auto next = [place, &contacts](Context& asking) -> Task<std::vector<Cells>> {
        std::vector<Cells> rows;
        if (!place->more) co_return rows;
        auto clients = co_await contacts.following(asking, place->filter, place->last, rows_a_step);
        for (auto& client : clients) rows.push_back(client_row(client, place->own));
        place->more = std::int64_t(clients.size()) == rows_a_step;
        if (place->more) place->last = std::move(clients.back());
        co_return rows;
    };
    co_return Table{"clients", std::move(header), next};
}

} // namespace doorstep::exports
