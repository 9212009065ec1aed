#include "modules/contacts/points.hpp"

#include "modules/contacts/client_sql.hpp"
#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

namespace {

#define POINT_COLUMNS " id, kind, value, created_at "

const db::Query living_sql{
    "points.living", "select true from contacts where account_id = $1 and id = $2 and deleted_at is null"
};

const db::Query list_sql{
    "points.list",
    "select" POINT_COLUMNS "from contact_points where account_id = $1 and contact_id = $2 order by created_at, id"
};

const db::Query insert_sql{
    "points.insert", "insert into contact_points (account_id, id, contact_id, kind, value, key, merge_id, created_at)"
                     " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (account_id, contact_id, kind, key) do nothing"
                     " returning" POINT_COLUMNS
};

const db::Query remove_sql{
    "points.remove", "delete from contact_points where account_id = $1 and contact_id = $2 and id = $3 returning" POINT_COLUMNS
};

const db::Query take_back_sql{"points.take_back", "delete from contact_points where account_id = $1 and merge_id = $2"};

const db::Query owner_sql{"points.owner", R"sql(
    select p.kind, p.contact_id from contact_points p join contacts c on c.account_id = $1 and c.id = p.contact_id
    where p.account_id = $1 and ((p.kind = 'email' and p.key = $2) or (p.kind = 'phone' and p.key = $3))
        and p.contact_id <> $4 and c.deleted_at is null
    order by p.kind limit 1
)sql"};

const db::Query namesake_sql{"points.namesake", R"sql(
    select id from contacts where account_id = $1 and deleted_at is null and (email_key = $2 or phone_e164 = $3) limit 1
)sql"};

struct Owner {
    PointKind kind = PointKind::email;
    Uuid contact_id;
    BOOST_DESCRIBE_CLASS(Owner, (), (kind, contact_id), (), ())
};

Error taken(PointKind kind, Uuid whose) {
    return duplicate(kind == PointKind::email ? "email" : "phone", whose.text());
}

Json told(const ContactPoint& point) {
    return Json{R"({"kind":)" + json_quote(enum_text(point.kind)) + R"(,"value":)" + json_quote(point.value) + "}"};
}

} // namespace

void NewContactPoint::validate(Reader& reader) const {
    if (email.has_value() == phone.has_value()) reader.fail("email", "required", "or else phone must be given, and not both");
}

Task<ContactPointList> ContactPoints::list(Context& ctx, Id<Client> contact) {
    auto living = co_await db_.maybe<bool>(ctx, living_sql, ctx.account_id, contact);
    if (!living) throw not_found("client");
    ContactPointList list;
    list.items = co_await db_.all<ContactPoint>(ctx, list_sql, ctx.account_id, contact);
    co_return list;
}

Task<ContactPoint> ContactPoints::add(Context& ctx, Id<Client> contact, const NewContactPoint& input) {
    auto now = ctx.now();
    auto id = Id<ContactPoint>::make(now);
    auto kind = input.email ? PointKind::email : PointKind::phone;
    auto value = input.email ? input.email->value : input.phone->value;
    auto email_key = key_of(input.email);
    auto phone_key = key_of(input.phone);
    auto key = input.email ? email_key : phone_key;
    if (!key) throw invalid("phone", "invalid", "must be a phone number such as (212) 555-0100 or +1 212 555 0100");
    auto body = [&](db::Session& tx) -> Task<ContactPoint> {
        auto living = co_await tx.maybe<bool>(living_sql, ctx.account_id, contact);
        if (!living) throw not_found("client");
        co_await require_nobodys(tx, ctx, email_key, phone_key, contact);
        auto namesake = co_await tx.maybe<Uuid>(namesake_sql, ctx.account_id, email_key, phone_key);
        if (namesake) throw taken(kind, *namesake);
        auto none = std::optional<Uuid>();
        auto point = co_await tx.maybe<ContactPoint>(insert_sql, ctx.account_id, id, contact, kind, value, *key, none, now);
        if (!point) throw taken(kind, contact.value);
        events_.record(tx, ctx, {.kind = "contact_point_added", .contact_id = contact.value, .data = told(*point)});
        co_return std::move(*point);
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<> ContactPoints::remove(Context& ctx, Id<Client> contact, Id<ContactPoint> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto point = co_await tx.maybe<ContactPoint>(remove_sql, ctx.account_id, contact, id);
        if (!point) throw not_found("address");
        events_.record(tx, ctx, {.kind = "contact_point_removed", .contact_id = contact.value, .data = told(*point)});
    };
    co_await db_.transaction(ctx, body);
}

void ContactPoints::keep(db::Session& tx, Context& ctx, const Client& gone, const Client& next, Uuid merge) {
    auto keep = [&](PointKind kind, const auto& theirs, const auto& kept) {
        auto key = key_of(theirs);
        if (!key || key == key_of(kept)) return;
        tx.queue(
            insert_sql, ctx.account_id, Id<ContactPoint>::make(ctx.now()), next.id, kind, theirs->value, *key,
            std::optional(merge), ctx.now()
        );
    };
    keep(PointKind::email, gone.email, next.email);
    keep(PointKind::phone, gone.phone, next.phone);
}

void ContactPoints::take_back(db::Session& tx, Context& ctx, Uuid merge) {
    tx.queue(take_back_sql, ctx.account_id, merge);
}

Task<> ContactPoints::require_nobodys(
    db::Session& tx, Context& ctx, const std::optional<std::string>& email_key, const std::optional<std::string>& phone_key,
    Id<Client> self
) {
    auto owner = co_await tx.maybe<Owner>(owner_sql, ctx.account_id, email_key, phone_key, self);
    if (owner) throw taken(owner->kind, owner->contact_id);
}

} // namespace doorstep::contacts
