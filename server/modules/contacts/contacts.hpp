#pragma once

#include <array>
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
#include "modules/accounts/accounts.hpp"
#include "modules/contacts/custom_fields.hpp"
#include "modules/contacts/documents.hpp"
#include "modules/contacts/notes.hpp"
#include "modules/contacts/points.hpp"
#include "modules/contacts/search.hpp"
#include "modules/contacts/tags.hpp"
#include "modules/contacts/views.hpp"
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
    std::optional<Email> email; ///< one of this and phone there is
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
    std::optional<Id<accounts::User>> assigned_to;
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(
        Client, (),
        (id, name, email, phone, property_address, property_type, stage, notes, custom_fields, tags, zone, email_unsubscribed,
         unsubscribed_reason, last_contacted, assigned_to, created_at, updated_at, version),
        (), ()
    )
};

struct NewClient {
    Line<1, 100> name;
    std::optional<Email> email;
    std::optional<Phone> phone;
    Line<1, 200> property_address;
    PropertyType property_type = PropertyType::residential;
    Stage stage = Stage::lead;
    std::optional<Text<0, 1000>> notes;
    std::optional<JsonObject> custom_fields;
    std::optional<std::vector<Tag>> tags;
    std::optional<Zone> zone;
    std::optional<Id<accounts::User>> assigned_to;
    BOOST_DESCRIBE_CLASS(
        NewClient, (),
        (name, email, phone, property_address, property_type, stage, notes, custom_fields, tags, zone, assigned_to), (), ()
    )
    static constexpr std::array<std::string_view, 2> one_of{"email", "phone"};
    void validate(Reader& reader) const;
};

struct ClientPatch {
    Patch<Line<1, 100>> name;
    Patch<std::optional<Email>> email;
    Patch<std::optional<Phone>> phone;
    Patch<Line<1, 200>> property_address;
    Patch<PropertyType> property_type;
    Patch<Stage> stage;
    Patch<std::optional<Text<0, 1000>>> notes;
    Patch<std::optional<JsonObject>> custom_fields; ///< null: none any more, as of tags
    Patch<std::optional<std::vector<Tag>>> tags;
    Patch<std::optional<Zone>> zone;
    Patch<bool> email_unsubscribed;
    Patch<std::optional<Id<accounts::User>>> assigned_to;
    Patch<std::optional<Id<Client>>> after;   ///< on the board: right behind this one of its stage; null: first
    Patch<std::optional<Id<Client>>> before;  ///< the same, right before this one; null: last
    std::optional<Line<0, 200>> stage_reason; ///< why the stage changes, for its history
    BOOST_DESCRIBE_CLASS(
        ClientPatch, (),
        (name, email, phone, property_address, property_type, stage, notes, custom_fields, tags, zone, email_unsubscribed,
         assigned_to, after, before, stage_reason),
        (), ()
    )
    void validate(Reader& reader) const;
};

enum class ClientSort { newest, oldest, name, name_desc, last_contacted, last_contacted_desc };
BOOST_DESCRIBE_ENUM(ClientSort, newest, oldest, name, name_desc, last_contacted, last_contacted_desc)

struct ClientFilter {
    std::optional<Line<0, 100>> q;
    std::optional<Stage> stage;
    std::optional<Tag> tag;
    std::optional<Line<3, 200>> field; ///< "key:value" or "key:from..to" of a custom field: see seek_field
    std::optional<Id<accounts::User>> assigned_to;
    std::optional<ClientSort> sort;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(ClientFilter, (), (q, stage, tag, field, assigned_to, sort, page, limit, cursor), (), ())
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

struct ColumnFilter {
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(ColumnFilter, (), (limit, cursor), (), ())
};

/// A stage as the board shows it: its first clients in the order that people gave them.
struct BoardColumn {
    Stage stage = Stage::lead;
    std::int64_t count = 0; ///< of all in it
    std::vector<Client> items;
    std::optional<std::string> next;
    BOOST_DESCRIBE_CLASS(BoardColumn, (), (stage, count, items, next), (), ())
};

struct Board {
    std::vector<BoardColumn> stages;
    BOOST_DESCRIBE_CLASS(Board, (), (stages), (), ())
};

struct StageChange {
    Uuid id;
    std::optional<Stage> from; ///< null: the client was added
    Stage to = Stage::lead;
    Time at;
    std::string actor;
    std::optional<std::string> reason;
    BOOST_DESCRIBE_CLASS(StageChange, (), (id, from, to, at, actor, reason), (), ())
};

struct StageHistory {
    std::vector<StageChange> items;
    BOOST_DESCRIBE_CLASS(StageHistory, (), (items), (), ())
};

/// What a client was before a change of many.
struct Staged {
    Id<Client> id;
    Stage stage = Stage::lead;
    BOOST_DESCRIBE_CLASS(Staged, (), (id, stage), (), ())
};
struct Tagged {
    Id<Client> id;
    std::vector<std::string> tags;
    bool changed = false;
    BOOST_DESCRIBE_CLASS(Tagged, (), (id, tags, changed), (), ())
};
struct Assigned {
    Id<Client> id;
    std::optional<Id<accounts::User>> assigned_to;
    BOOST_DESCRIBE_CLASS(Assigned, (), (id, assigned_to), (), ())
};

/// What a list's filter seeks by words and keys. Throws Error 422 for a malformed `field`.
Terms terms_of(const ClientFilter& filter);

/// Why somebody gets no e-mails whom a file said so of. What they say themselves counts for more, and replaces it.
inline constexpr std::string_view imported_as_unsubscribed = "imported as unsubscribed";

struct Merge;
struct MergeRequest;
struct DuplicateList;
struct DistinctPair;

/// Automatic follow-up, which journeys fulfils: it begins with a contact and stops for reasons that arise here.
class FollowUps {
public:
    virtual ~FollowUps() = default;
    virtual Task<> start(db::Session& tx, Context& ctx, Id<Client> contact, Stage stage, Time created_at) = 0;
    /// The pipeline's stage changed: some stages end it, some begin another plan.
    virtual Task<> moved(db::Session& tx, Context& ctx, Id<Client> contact, Stage from, Stage to) = 0;
    /// Skips what is pending, with the reason; nothing to stop is fine.
    virtual Task<> stop(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason) = 0;
    /// There is an e-mail address now: what waited for one goes on.
    virtual Task<> addressed(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts) = 0;
    /// Brings back what stop() skipped for this reason, from `since` on, and is not past due: the undo of a deletion or a merge.
    virtual Task<> resume(
        db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason, std::optional<Time> since
    ) = 0;
};

/// 409: another living contact has the e-mail address or phone number, `field`; `existing`: its id.
Error duplicate(std::string_view field, const std::optional<std::string>& existing);

/// The people of a business.
class Contacts {
public:
    Contacts(db::Database& db, events::Events& events, files::Files& files);
    /// Before the first request: the composition root closes the circle.
    void use(FollowUps& follow_ups) { follow_ups_ = &follow_ups; }

    /// 409 `duplicate` with `existing_id` where a living contact has the e-mail or phone.
    Task<Client> create(Context& ctx, const NewClient& input, bool with_tasks);
    Task<Client> require(Context& ctx, Id<Client> id);
    /// Those of them that live, in any order.
    Task<std::vector<Client>> find_all(Context& ctx, const std::vector<Uuid>& ids);
    Task<http::Page<Client>> list(Context& ctx, const ClientFilter& filter);
    /// What follows on a client in a list's order, or its beginning: for files, which have no pages.
    Task<std::vector<Client>> following(
        Context& ctx, const ClientFilter& filter, const std::optional<Client>& last, std::int64_t limit
    );
    /// The precondition sees the version that is about to change.
    Task<Client> update(Context& ctx, Id<Client> id, const ClientPatch& patch, const http::Precondition& precondition);
    Task<> remove(Context& ctx, Id<Client> id);
    Task<Client> restore(Context& ctx, Id<Client> id);
    Task<BulkDeleted> remove_all(Context& ctx, const std::vector<std::string>& ids);
    Task<BulkUpdated> restore_all(Context& ctx, const std::vector<std::string>& ids);
    Task<BulkUpdated> move_all(Context& ctx, const std::vector<std::string>& ids, Stage stage);

    Task<TagList> tags(Context& ctx) { co_return co_await list_tags(db_, ctx); }
    Task<SearchResult> find(Context& ctx, const SearchFilter& filter) { co_return co_await search(db_, ctx, filter); }

    /// Every stage with its count and its first clients.
    Task<Board> board(Context& ctx, const ColumnFilter& filter);
    Task<BoardColumn> column(Context& ctx, Stage stage, const ColumnFilter& filter);
    /// Newest first.
    Task<StageHistory> stage_history(Context& ctx, Id<Client> id);

    /// Error 404 unless both are living clients.
    Task<Merge> merge(Context& ctx, Id<Client> id, const MergeRequest& request);
    /// Error 409 after a day, and where it was undone before.
    Task<Client> undo_merge(Context& ctx, Id<Merge> id);
    Task<DuplicateList> duplicates(Context& ctx);
    /// The two are not shown as duplicates again.
    Task<> keep_apart(Context& ctx, const DistinctPair& pair);
    /// Everything that happened with a client and those merged into it, newest first.
    Task<events::Timeline> timeline(Context& ctx, Id<Client> id, const events::TimelineFilter& filter);

    // Of many, in the caller's transaction. Each answers with those it was done to, as they were before; what is no living client
    // is passed over. `only_from`: but those who are otherwise by now.
    Task<std::vector<Staged>> move(
        db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, Stage stage, std::optional<std::string> reason,
        std::optional<Stage> only_from = std::nullopt
    );
    Task<std::vector<Tagged>> retag(
        db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, const std::optional<Tag>& add,
        const std::optional<Tag>& drop
    );
    Task<std::vector<Assigned>> assign(
        db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, std::optional<Id<accounts::User>> user,
        std::optional<std::optional<Id<accounts::User>>> only_from = std::nullopt
    );
    Task<std::vector<Id<Client>>> remove(db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids);
    Task<std::vector<Id<Client>>> restore(db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids);

    /// These have got an e-mail address that had none: their follow-ups go on.
    Task<> addressed(db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids);
    /// The person wants no more e-mail: remembered, follow-ups stop. Idempotent.
    Task<> unsubscribe(db::Session& tx, Context& ctx, Id<Client> id, std::string reason);
    /// The same of many who are told by somebody else, such as a file, to want none. Answers with those who had not said so before.
    Task<std::vector<Id<Client>>> unsubscribe(
        db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, std::string reason, Json data
    );
    /// Frees the addresses of those who want none for this reason, be they deleted.
    static void release(db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, const std::string& reason);
    /// Takes that back, where nobody has said so for another reason since.
    Task<> resubscribe(db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, std::string reason, Json data);
    /// Follow-ups stop for a reason that lies in the address (bounce, complaint).
    Task<> stop_follow_ups(db::Session& tx, Context& ctx, Id<Client> id, std::string reason);

    events::Events& events() { return events_; }

    // What hangs on a contact.
    Documents documents;
    Notes noted;
    ContactPoints points;
    CustomFields fields;
    Views views;

private:
    /// After a change of stage: the event, and what it means for follow-up.
    Task<> moved(db::Session& tx, Context& ctx, Id<Client> id, Stage from, Stage to, std::optional<std::string> reason);
    /// The rank that the patch asks for on the board; where it asks for none, before all.
    Task<std::string> place(db::Session& tx, Context& ctx, Id<Client> id, Stage stage, const ClientPatch& patch);

    db::Database& db_;
    events::Events& events_;
    FollowUps* follow_ups_ = nullptr;
};

void routes(http::Router& router, Contacts& contacts);
void document_routes(http::Router& router, Contacts& contacts);
void custom_routes(http::Router& router, Contacts& contacts);
void board_routes(http::Router& router, Contacts& contacts);
void merge_routes(http::Router& router, Contacts& contacts);

} // namespace doorstep::contacts

template <>
struct doorstep::EnumText<doorstep::contacts::ClientSort> {
    static std::string_view text(contacts::ClientSort sort);
};
