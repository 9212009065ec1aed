#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "http/precondition.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/audit/audit.hpp"
#include "modules/contacts/contacts.hpp"
#include "modules/events/events.hpp"

namespace doorstep::templates {

using accounts::Language;
using contacts::Client;

struct Template {
    Id<Template> id;
    std::string name;
    Language language = Language::en;
    std::string subject;
    std::string body; ///< plain text; paragraphs are separated by blank lines
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(Template, (), (id, name, language, subject, body, created_at, updated_at, version), (), ())
};

struct NewTemplate {
    Line<1, 100> name;
    std::optional<Language> language; ///< else the account's
    Line<1, 200> subject;
    Text<1, 10'000> body;
    BOOST_DESCRIBE_CLASS(NewTemplate, (), (name, language, subject, body), (), ())
    void validate(Reader& reader) const;
};

struct TemplatePatch {
    Patch<Line<1, 100>> name;
    Patch<Language> language;
    Patch<Line<1, 200>> subject;
    Patch<Text<1, 10'000>> body;
    BOOST_DESCRIBE_CLASS(TemplatePatch, (), (name, language, subject, body), (), ())
    void validate(Reader& reader) const;
};

struct TemplateFilter {
    std::optional<Line<1, 100>> q;
    std::optional<Language> language;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(TemplateFilter, (), (q, language, page, limit, cursor), (), ())
};

/// A text that is not kept yet, or another one than the kept one; without a client it is filled with a made-up one.
struct FillRequest {
    Line<1, 200> subject;
    Text<1, 10'000> body;
    std::optional<Id<Client>> client_id;
    BOOST_DESCRIBE_CLASS(FillRequest, (), (subject, body, client_id), (), ())
    void validate(Reader& reader) const;
};

/// A letter with everything in its place.
struct Filled {
    std::string subject; ///< at most 200 characters
    std::string body;
    std::vector<std::string> missing; ///< variables that the record has nothing for, and that have no words in their stead
    BOOST_DESCRIBE_CLASS(Filled, (), (subject, body, missing), (), ())
};

struct Variable {
    std::string name;
    std::string meaning;
    std::string example;
    BOOST_DESCRIBE_CLASS(Variable, (), (name, meaning, example), (), ())
};

struct Variables {
    std::vector<Variable> items;
    BOOST_DESCRIBE_CLASS(Variables, (), (items), (), ())
};

/// The library of letters.
class Templates {
public:
    Templates(
        db::Database& db, accounts::Accounts& accounts, audit::Audit& audit, contacts::Contacts& contacts,
        events::Events& events
    )
        : db_(db), accounts_(accounts), audit_(audit), contacts_(contacts), events_(events) {}

    /// 409 `duplicate` where a living one has the name in the language.
    Task<Template> create(Context& ctx, const NewTemplate& input);
    Task<Template> require(Context& ctx, Id<Template> id);
    Task<http::Page<Template>> list(Context& ctx, const TemplateFilter& filter);
    /// The precondition sees the version that is about to change.
    Task<Template> update(Context& ctx, Id<Template> id, const TemplatePatch& patch, const http::Precondition& precondition);
    Task<> remove(Context& ctx, Id<Template> id);
    /// Undoes a removal. 409 where its name is taken meanwhile.
    Task<Template> restore(Context& ctx, Id<Template> id);

    Task<Filled> fill(Context& ctx, const FillRequest& request);
    /// The kept letter for this person; 404 without one.
    Task<Filled> fill(Context& ctx, Id<Template> id, const Client& client);

private:
    /// In both logs: the office's activity and the one that is chained. `before` null: it is made or restored; `after` null: gone.
    Task<> note(db::Session& tx, const Context& ctx, const std::string& kind, const Template* before, const Template* after);

    db::Database& db_;
    accounts::Accounts& accounts_;
    audit::Audit& audit_;
    contacts::Contacts& contacts_;
    events::Events& events_;
};

/// What a letter may speak of.
const std::vector<Variable>& variables();
/// What a person's letter is filled with; `client` null: a made-up one.
std::map<std::string, std::string> values_of(const Client* client, const accounts::SendingProfile& profile);
/// Reports every `{{…}}` that is no variable, or never closed, as a fault of that field.
void check_variables(Reader& reader, std::string_view field, std::string_view text);
/// Replaces `{{name}}` and `{{name|words in its stead}}`; a value is never read for variables itself.
std::string fill_text(
    std::string_view text, const std::map<std::string, std::string>& values, std::vector<std::string>& missing
);

void routes(http::Router& router, Templates& templates);

} // namespace doorstep::templates
