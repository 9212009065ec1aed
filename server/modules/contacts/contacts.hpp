#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/email.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "http/precondition.hpp"
#include "modules/events/events.hpp"

namespace doorstep::contacts {

enum class Stage { lead, negotiating, under_contract, closed, lost };
BOOST_DESCRIBE_ENUM(Stage, lead, negotiating, under_contract, closed, lost)

enum class PropertyType { residential, commercial, land, other };
BOOST_DESCRIBE_ENUM(PropertyType, residential, commercial, land, other)

using Tag = Line<1, 40>;

/// A contact in the pipeline, as the API shows it.
struct Client {
    Id<Client> id;
    std::string name;
    Email email;
    std::optional<Phone> phone;
    std::string property_address;
    PropertyType property_type = PropertyType::residential;
    Stage stage = Stage::lead;
    std::optional<std::string> notes;
    JsonObject custom_fields;
    std::vector<std::string> tags;
    std::optional<Zone> zone;
    bool email_unsubscribed = false;
    std::optional<std::string> unsubscribed_reason;
    std::optional<Time> last_contacted;
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(
        Client, (),
        (id, name, email, phone, property_address, property_type, stage, notes, custom_fields, tags, zone, email_unsubscribed,
         unsubscribed_reason, last_contacted, created_at, updated_at, version),
        (), ()
    )
};

struct NewClient {
    Line<1, 100> name;
    Email email;
    std::optional<Phone> phone;
    Line<1, 200> property_address;
    PropertyType property_type = PropertyType::residential;
    Stage stage = Stage::lead;
    std::optional<Text<0, 1000>> notes;
    std::optional<JsonObject> custom_fields;
    std::optional<std::vector<Tag>> tags;
    std::optional<Zone> zone;
    BOOST_DESCRIBE_CLASS(
        NewClient, (), (name, email, phone, property_address, property_type, stage, notes, custom_fields, tags, zone), (), ()
    )
    void validate(Reader& reader) const;
};

struct ClientPatch {
    Patch<Line<1, 100>> name;
    Patch<Email> email;
    Patch<std::optional<Phone>> phone;
    Patch<Line<1, 200>> property_address;
    Patch<PropertyType> property_type;
    Patch<Stage> stage;
    Patch<std::optional<Text<0, 1000>>> notes;
    Patch<JsonObject> custom_fields;
    Patch<std::vector<Tag>> tags;
    Patch<std::optional<Zone>> zone;
    Patch<bool> email_unsubscribed;
    BOOST_DESCRIBE_CLASS(
        ClientPatch, (),
        (name, email, phone, property_address, property_type, stage, notes, custom_fields, tags, zone, email_unsubscribed), (),
        ()
    )
    void validate(Reader& reader) const;
};

enum class ClientSort { newest, oldest, name, name_desc, last_contacted, last_contacted_desc };
BOOST_DESCRIBE_ENUM(ClientSort, newest, oldest, name, name_desc, last_contacted, last_contacted_desc)

struct ClientFilter {
    std::optional<Line<0, 100>> q;
    std::optional<Stage> stage;
    std::optional<Tag> tag;
    std::optional<ClientSort> sort;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(ClientFilter, (), (q, stage, tag, sort, page, limit, cursor), (), ())
};

struct CreateOptions {
    std::optional<bool> create_tasks;
    BOOST_DESCRIBE_CLASS(CreateOptions, (), (create_tasks), (), ())
};

struct Success {
    bool success = true;
    BOOST_DESCRIBE_CLASS(Success, (), (success), (), ())
};

struct BulkIds {
    std::vector<std::string> ids; ///< what is no id of a living client is reported as failed, not refused
    BOOST_DESCRIBE_CLASS(BulkIds, (), (ids), (), ())
    void validate(Reader& reader) const;
};

struct BulkStage {
    std::vector<std::string> ids;
    Stage stage = Stage::lead;
    BOOST_DESCRIBE_CLASS(BulkStage, (), (ids, stage), (), ())
    void validate(Reader& reader) const;
};

struct BulkDeleted {
    std::int64_t deleted_count = 0;
    std::vector<std::string> failed_ids;
    std::int64_t total_requested = 0;
    BOOST_DESCRIBE_CLASS(BulkDeleted, (), (deleted_count, failed_ids, total_requested), (), ())
};

struct BulkUpdated {
    std::int64_t updated_count = 0;
    std::vector<std::string> failed_ids;
    std::int64_t total_requested = 0;
    BOOST_DESCRIBE_CLASS(BulkUpdated, (), (updated_count, failed_ids, total_requested), (), ())
};

/// Automatic follow-up, which journeys fulfils: it begins with a contact and stops for reasons that arise here.
class FollowUps {
public:
    virtual ~FollowUps() = default;
    virtual Task<> start(db::Session& tx, Context& ctx, Id<Client> contact, Stage stage, Time created_at) = 0;
    /// The pipeline's stage changed: some stages end it, some begin another plan.
    virtual Task<> moved(db::Session& tx, Context& ctx, Id<Client> contact, Stage from, Stage to) = 0;
    /// Skips what is pending, with the reason; nothing to stop is fine.
    virtual Task<> stop(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason) = 0;
    /// Brings back what stop() skipped for this reason and is not past due: the undo of a deletion.
    virtual Task<> resume(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason) = 0;
};

/// The people of a business.
class Contacts {
public:
    Contacts(db::Database& db, events::Events& events) : db_(db), events_(events) {}
    /// Before the first request: the composition root closes the circle.
    void use(FollowUps& follow_ups) { follow_ups_ = &follow_ups; }

    /// 409 `duplicate` with `existing_id` where a living contact has the e-mail or phone.
    Task<Client> create(Context& ctx, const NewClient& input, bool with_tasks);
    Task<Client> require(Context& ctx, Id<Client> id);
    Task<http::Page<Client>> list(Context& ctx, const ClientFilter& filter);
    /// The precondition sees the version that is about to change.
    Task<Client> update(Context& ctx, Id<Client> id, const ClientPatch& patch, const http::Precondition& precondition);
    Task<> remove(Context& ctx, Id<Client> id);
    Task<Client> restore(Context& ctx, Id<Client> id);
    Task<BulkDeleted> remove_all(Context& ctx, const std::vector<std::string>& ids);
    Task<BulkUpdated> restore_all(Context& ctx, const std::vector<std::string>& ids);
    Task<BulkUpdated> move_all(Context& ctx, const std::vector<std::string>& ids, Stage stage);

    /// The person wants no more e-mail: remembered, follow-ups stop. Idempotent.
    Task<> unsubscribe(db::Session& tx, Context& ctx, Id<Client> id, std::string reason);
    /// Follow-ups stop for a reason that lies in the address (bounce, complaint).
    Task<> stop_follow_ups(db::Session& tx, Context& ctx, Id<Client> id, std::string reason);

    events::Events& events() { return events_; }

private:
    /// After a change of stage: the event, and what it means for follow-up.
    Task<> moved(db::Session& tx, Context& ctx, Id<Client> id, Stage from, Stage to);

    db::Database& db_;
    events::Events& events_;
    FollowUps* follow_ups_ = nullptr;
};

void routes(http::Router& router, Contacts& contacts);

} // namespace doorstep::contacts

template <>
struct doorstep::EnumText<doorstep::contacts::ClientSort> {
    static std::string_view text(contacts::ClientSort sort);
};
