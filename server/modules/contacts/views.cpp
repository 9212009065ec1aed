#include "modules/contacts/views.hpp"

namespace doorstep::contacts {

namespace {

// A private view of another is as good as missing. $2 is who asks.
#define VIEWS                                                                                                       \
    " select v.id, v.object, v.name, v.shared, v.filters, v.sort, v.columns, v.layout, v.user_id = $2 as own,"      \
    " coalesce(c.favourite, false) as favourite, coalesce(c.is_default, false) as is_default,"                      \
    " coalesce(u.name, '') as owner_name, v.created_at, v.updated_at"                                               \
    " from views v left join view_choices c on c.account_id = v.account_id and c.view_id = v.id and c.user_id = $2" \
    " left join users u on u.id = v.user_id"                                                                        \
    " where v.account_id = $1 and (v.shared or v.user_id = $2)"

const db::Query list_sql{
    "views.list",
    VIEWS " and ($3::text is null or v.object = $3) order by coalesce(c.favourite, false) desc, lower(v.name), v.id limit 500"
};

const db::Query find_sql{"views.find", VIEWS " and v.id = $3"};

const db::Query insert_sql{"views.insert", R"sql(
    insert into views (account_id, id, user_id, object, name, shared, filters, sort, columns, layout, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
)sql"};

const db::Query update_sql{"views.update", R"sql(
    update views set name = $3, shared = $4, filters = $5, sort = $6, columns = $7, layout = $8, updated_at = $9,
        version = version + 1
    where account_id = $1 and id = $2
)sql"};

const db::Query undefault_sql{"views.undefault", R"sql(
    update view_choices set is_default = false where account_id = $1 and user_id = $2 and object = $3 and is_default
)sql"};

const db::Query choose_sql{"views.choose", R"sql(
    insert into view_choices (account_id, user_id, view_id, object, favourite, is_default) values ($1, $2, $3, $4, $5, $6)
    on conflict (account_id, user_id, view_id) do update set favourite = excluded.favourite, is_default = excluded.is_default
)sql"};

const db::Query remove_sql{"views.remove", "delete from views where account_id = $1 and id = $2"};

std::vector<std::string> texts(const std::vector<Column>& columns) {
    std::vector<std::string> list;
    for (auto& column : columns) list.push_back(column.value);
    return list;
}

Json named(const View& view) {
    return Json{R"({"name":)" + json_quote(view.name) + R"(,"object":")" + std::string(enum_text(view.object)) + "\"}"};
}

void check_columns(std::size_t count, Reader& reader) {
    if (count > 60) reader.fail("columns", "too_long", "may be at most 60");
}

} // namespace

void NewView::validate(Reader& reader) const {
    if (columns) check_columns(columns->size(), reader);
}

void ViewPatch::validate(Reader& reader) const {
    if (columns) check_columns(columns->size(), reader);
}

bool ViewPatch::changes_view() const {
    return name || shared || filters || sort || columns || layout;
}

Task<ViewList> Views::list(Context& ctx, const ViewFilter& filter) {
    ViewList list;
    list.items = co_await db_.all<View>(ctx, list_sql, ctx.account_id, ctx.actor.id, filter.object);
    co_return list;
}

Task<View> Views::require(db::Session& tx, Context& ctx, Id<View> id) {
    auto view = co_await tx.maybe<View>(find_sql, ctx.account_id, ctx.actor.id, id);
    if (!view) throw not_found("view");
    co_return std::move(*view);
}

void Views::choose(db::Session& tx, Context& ctx, const View& view) {
    if (view.is_default) tx.queue(undefault_sql, ctx.account_id, ctx.actor.id, view.object);
    tx.queue(choose_sql, ctx.account_id, ctx.actor.id, view.id, view.object, view.favourite, view.is_default);
}

Task<View> Views::add(Context& ctx, const NewView& input) {
    auto now = ctx.now();
    auto id = Id<View>::make(now);
    auto columns = texts(input.columns.value_or(std::vector<Column>{}));
    auto body = [&](db::Session& tx) -> Task<View> {
        tx.queue(
            insert_sql, ctx.account_id, id, ctx.actor.id, input.object, input.name, input.shared.value_or(false),
            input.filters.value_or(JsonObject{}), input.sort, columns, input.layout.value_or(ViewLayout::table), now
        );
        auto view = co_await require(tx, ctx, id);
        view.favourite = input.favourite.value_or(false);
        view.is_default = input.is_default.value_or(false);
        if (view.favourite || view.is_default) choose(tx, ctx, view);
        events_.record(tx, ctx, {.kind = "view_added", .data = named(view)});
        co_return view;
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<View> Views::update(Context& ctx, Id<View> id, const ViewPatch& patch) {
    auto body = [&](db::Session& tx) -> Task<View> {
        auto view = co_await require(tx, ctx, id);
        if (patch.changes_view()) {
            if (!view.own) throw forbidden("Only its maker can change this view. Save a copy instead.");
            if (patch.name) view.name = patch.name->value;
            if (patch.shared) view.shared = *patch.shared;
            if (patch.filters) view.filters = *patch.filters;
            if (patch.sort) view.sort = *patch.sort ? std::optional(patch.sort->value().value) : std::nullopt;
            if (patch.columns) view.columns = texts(*patch.columns);
            if (patch.layout) view.layout = *patch.layout;
            view.updated_at = ctx.now();
            tx.queue(
                update_sql, ctx.account_id, id, view.name, view.shared, view.filters, view.sort, view.columns, view.layout,
                view.updated_at
            );
            events_.record(tx, ctx, {.kind = "view_changed", .data = named(view)});
        }
        if (patch.favourite) view.favourite = *patch.favourite;
        if (patch.is_default) view.is_default = *patch.is_default;
        if (patch.favourite || patch.is_default) {
            choose(tx, ctx, view);
            events_.record(tx, ctx, {.kind = "view_chosen", .data = named(view)});
        }
        co_return view;
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<> Views::remove(Context& ctx, Id<View> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto view = co_await require(tx, ctx, id);
        if (!view.own) throw forbidden("Only its maker can delete this view.");
        tx.queue(remove_sql, ctx.account_id, id);
        events_.record(tx, ctx, {.kind = "view_deleted", .data = named(view)});
    };
    co_await db_.transaction(ctx, body);
}

} // namespace doorstep::contacts
