#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/email.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "modules/events/events.hpp"

namespace doorstep::contacts {

struct Client;

enum class PointKind { email, phone };
BOOST_DESCRIBE_ENUM(PointKind, email, phone)

/// An address or number that somebody is known by besides the one they are written to or called at.
struct ContactPoint {
    Id<ContactPoint> id;
    PointKind kind = PointKind::email;
    std::string value;
    Time created_at;
    BOOST_DESCRIBE_CLASS(ContactPoint, (), (id, kind, value, created_at), (), ())
};

struct ContactPointList {
    std::vector<ContactPoint> items;
    BOOST_DESCRIBE_CLASS(ContactPointList, (), (items), (), ())
};

struct NewContactPoint {
    std::optional<Email> email;
    std::optional<Phone> phone;
    BOOST_DESCRIBE_CLASS(NewContactPoint, (), (email, phone), (), ())
    void validate(Reader& reader) const;
};

/// Whoever writes or calls from such a point, is looked for by it or is entered with it again, is its person.
class ContactPoints {
public:
    ContactPoints(db::Database& db, events::Events& events) : db_(db), events_(events) {}

    /// Oldest first. Error 404 for a deleted person.
    Task<ContactPointList> list(Context& ctx, Id<Client> contact);
    /// 409 `duplicate` with `existing_id` where a living contact is known by it, this one included.
    Task<ContactPoint> add(Context& ctx, Id<Client> contact, const NewContactPoint& input);
    Task<> remove(Context& ctx, Id<Client> contact, Id<ContactPoint> id);

    /// What `gone` had and `next`, who goes on for both, has not; `merge` takes it back.
    static void keep(db::Session& tx, Context& ctx, const Client& gone, const Client& next, Uuid merge);
    static void take_back(db::Session& tx, Context& ctx, Uuid merge);
    /// Throws Error 409 `duplicate` where a living contact other than `self` has one of the two as another point.
    static Task<> require_nobodys(
        db::Session& tx, Context& ctx, const std::optional<std::string>& email_key, const std::optional<std::string>& phone_key,
        Id<Client> self
    );

private:
    db::Database& db_;
    events::Events& events_;
};

} // namespace doorstep::contacts
