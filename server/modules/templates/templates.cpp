#include "modules/templates/templates.hpp"

#include "core/paging.hpp"

namespace doorstep::templates {

namespace {

#define TEMPLATE_COLUMNS " id, name, language, subject, body, created_at, updated_at, version "

const db::Query insert_sql{"templates.insert", R"sql(
    insert into message_templates (account_id, id, name, language, subject, body, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $7)
    returning )sql" TEMPLATE_COLUMNS};

const db::Query find_sql{
    "templates.find",
    "select" TEMPLATE_COLUMNS "from message_templates where account_id = $1 and id = $2 and deleted_at is null"
};

const db::Query lock_sql{
    "templates.lock",
    "select" TEMPLATE_COLUMNS "from message_templates where account_id = $1 and id = $2 and deleted_at is null for update"
};

const db::Query update_sql{"templates.update", R"sql(
    update message_templates set name = $3, language = $4, subject = $5, body = $6, updated_at = $7, version = version + 1
    where account_id = $1 and id = $2
    returning )sql" TEMPLATE_COLUMNS};

const db::Query remove_sql{"templates.remove", R"sql(
    update message_templates set deleted_at = $3, updated_at = $3, version = version + 1
    where account_id = $1 and id = $2 and deleted_at is null
    returning )sql" TEMPLATE_COLUMNS};

const db::Query restore_sql{"templates.restore", R"sql(
    update message_templates set deleted_at = null, updated_at = $3, version = version + 1
    where account_id = $1 and id = $2 and deleted_at is not null
    returning )sql" TEMPLATE_COLUMNS};

// An office has dozens of them, seldom hundreds: looking through their texts needs no index.
#define TEMPLATE_FILTER                                                              \
    "account_id = $1 and deleted_at is null and ($2::text is null or language = $2)" \
    " and ($3::text is null or strpos(lower(name || ' ' || subject || ' ' || body), lower($3)) > 0)"

const db::Query list_sql{
    "templates.list", "select" TEMPLATE_COLUMNS "from message_templates where " TEMPLATE_FILTER
                      " and ($4::text is null or (lower(name), id) > (lower($4), $5::uuid))"
                      " order by lower(name), id limit $6 offset $7"
};

const db::Query count_sql{
    "templates.count", "select count(*) from (select from message_templates where " TEMPLATE_FILTER " limit 10001) found"
};

Json name_data(const std::string& name) {
    return Json{R"({"name":)" + json_quote(name) + "}"};
}

/// Runs a write and says so where the name is taken.
template <class Body>
Task<Template> named(db::Database& db, Context& ctx, Body& body) {
    try {
        co_return co_await db.transaction(ctx, body);
    } catch (const db::Failure& failure) {
        if (!failure.unique_violation("message_templates_name_key")) throw;
    }
    auto detail = "Another template has this name.";
    auto error = conflict("duplicate", detail);
    error.fields.push_back({"name", "duplicate", detail});
    throw error;
}

} // namespace

void NewTemplate::validate(Reader& reader) const {
    check_variables(reader, "subject", subject.value);
    check_variables(reader, "body", body.value);
}

void TemplatePatch::validate(Reader& reader) const {
    if (subject) check_variables(reader, "subject", subject->value);
    if (body) check_variables(reader, "body", body->value);
}

void FillRequest::validate(Reader& reader) const {
    check_variables(reader, "subject", subject.value);
    check_variables(reader, "body", body.value);
}

Task<> Templates::note(
    db::Session& tx, const Context& ctx, const std::string& kind, const Template* before, const Template* after
) {
    auto& shown = after ? *after : *before;
    events_.record(tx, ctx, {.kind = kind, .data = name_data(shown.name)});
    co_await audit_.record(tx, ctx, audit::act_on(kind, "template", shown.id.value, shown.name, before, after));
}

Task<Template> Templates::create(Context& ctx, const NewTemplate& input) {
    auto profile = co_await accounts_.sending_profile(ctx);
    auto language = input.language.value_or(profile.language);
    auto id = Id<Template>::make(ctx.now());
    auto body = [&](db::Session& tx) -> Task<Template> {
        auto made = co_await tx.one<Template>(
            insert_sql, ctx.account_id, id, input.name, language, input.subject, input.body, ctx.now()
        );
        co_await note(tx, ctx, "template_created", nullptr, &made);
        co_return made;
    };
    co_return co_await named(db_, ctx, body);
}

Task<Template> Templates::require(Context& ctx, Id<Template> id) {
    auto found = co_await db_.maybe<Template>(ctx, find_sql, ctx.account_id, id);
    if (!found) throw not_found("template");
    co_return std::move(*found);
}

Task<http::Page<Template>> Templates::list(Context& ctx, const TemplateFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    std::optional<std::string> after_name;
    std::optional<std::string> after_id;
    if (filter.cursor) {
        auto keys = decode_cursor(filter.cursor->value, 2);
        if (!Uuid::parse(keys[1])) throw invalid("cursor", "invalid", "is not a cursor of this list");
        after_name = keys[0];
        after_id = keys[1];
    }
    http::Page<Template> page;
    page.items = co_await db_.all<Template>(
        ctx, list_sql, ctx.account_id, filter.language, filter.q, after_name, after_id, paging.fetch(),
        filter.cursor ? 0 : paging.offset()
    );
    page.page = paging.page;
    page.limit = paging.limit;
    page.next = cut_page(page.items, paging.limit, [](const Template& last) { return std::vector{last.name, last.id.text()}; });
    page.total = co_await db_.one<std::int64_t>(ctx, count_sql, ctx.account_id, filter.language, filter.q);
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

Task<Template> Templates::update(
    Context& ctx, Id<Template> id, const TemplatePatch& patch, const http::Precondition& precondition
) {
    auto body = [&](db::Session& tx) -> Task<Template> {
        auto before = co_await tx.maybe<Template>(lock_sql, ctx.account_id, id);
        if (!before) throw not_found("template");
        precondition(std::to_string(before->version));
        auto next = *before;
        if (patch.name) next.name = patch.name->value;
        if (patch.language) next.language = *patch.language;
        if (patch.subject) next.subject = patch.subject->value;
        if (patch.body) next.body = patch.body->value;
        if (to_json(next) == to_json(*before)) co_return std::move(*before);
        auto after = co_await tx.one<Template>(
            update_sql, ctx.account_id, id, next.name, next.language, next.subject, next.body, ctx.now()
        );
        co_await note(tx, ctx, "template_changed", &*before, &after);
        co_return after;
    };
    co_return co_await named(db_, ctx, body);
}

Task<> Templates::remove(Context& ctx, Id<Template> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto gone = co_await tx.maybe<Template>(remove_sql, ctx.account_id, id, ctx.now());
        if (!gone) throw not_found("template");
        co_await note(tx, ctx, "template_deleted", &*gone, nullptr);
    };
    co_await db_.transaction(ctx, body);
}

Task<Template> Templates::restore(Context& ctx, Id<Template> id) {
    auto body = [&](db::Session& tx) -> Task<Template> {
        auto back = co_await tx.maybe<Template>(restore_sql, ctx.account_id, id, ctx.now());
        if (!back) throw not_found("deleted template");
        co_await note(tx, ctx, "template_restored", nullptr, &*back);
        co_return std::move(*back);
    };
    co_return co_await named(db_, ctx, body);
}

namespace {

Filled filled(const std::string& subject, const std::string& text, const std::map<std::string, std::string>& values) {
    Filled letter;
    auto line = fill_text(subject, values, letter.missing);
    letter.subject = std::string(trim(utf8_prefix(line, 200)));
    letter.body = std::string(trim(fill_text(text, values, letter.missing)));
    return letter;
}

} // namespace

Task<Filled> Templates::fill(Context& ctx, const FillRequest& request) {
    auto profile = co_await accounts_.sending_profile(ctx);
    std::optional<Client> client;
    if (request.client_id) client = co_await contacts_.require(ctx, *request.client_id);
    co_return filled(request.subject, request.body, values_of(client ? &*client : nullptr, profile));
}

Task<Filled> Templates::fill(Context& ctx, Id<Template> id, const Client& client) {
    auto letter = co_await require(ctx, id);
    auto profile = co_await accounts_.sending_profile(ctx);
    profile.language = letter.language;
    co_return filled(letter.subject, letter.body, values_of(&client, profile));
}

} // namespace doorstep::templates
