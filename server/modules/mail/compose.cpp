#include <fmt/format.h>

#include "core/embedded.hpp"
#include "core/phrases.hpp"
#include "modules/mail/letter_types.hpp"
#include "modules/mail/stored.hpp"

namespace doorstep::mail {

namespace {

const db::Query template_sql{"mail.template", R"sql(
    select t.subject, t.body
    from accounts a join email_templates t on t.account_id in (a.id, a.parent_id)
    where a.id = $1 and t.email_type = $2 and t.language = $3
    order by t.account_id <> a.id
    limit 1
)sql"};

const db::Query house_sql{"mail.house", R"sql(
    select name, zone, postal_address, reply_to from accounts where id = $1
)sql"};

struct TemplateRow {
    std::string subject;
    std::string body;
    BOOST_DESCRIBE_CLASS(TemplateRow, (), (subject, body), (), ())
};

std::string_view embedded(const std::string& path) {
    auto text = embedded_template(path);
    if (!text) throw std::logic_error("there is no template " + path);
    return *text;
}

std::string worded(const Draft& draft, const Fact& fact, const std::string& value, const House& house) {
    if (value.empty()) return value;
    if (fact.kind == Fact::Kind::time) {
        auto time = parse_rfc3339(value);
        return time ? format_for_people(*time, house.zone.value, enum_text(draft.language)) : value;
    }
    return find_phrase(enum_text(draft.language), fmt::format("{}.{}.{}", enum_text(draft.type), fact.name, value))
        .value_or(value);
}

std::string footer(const Draft& draft, const House& house, const Sender& sender) {
    auto by = letter_type(draft.type).from_product ? sender.name : house.name;
    if (house.postal_address && !letter_type(draft.type).from_product) by += ", " + *house.postal_address;
    auto why = find_phrase(enum_text(draft.language), "footer").value_or("");
    return by + "\n" + why + (sender.public_url.empty() ? "" : "\n" + sender.public_url);
}

} // namespace

Draft read_draft(Type type, std::string_view language, std::string to_name, const Json& facts) {
    Draft draft{type, Language::en, std::move(to_name), from_json<std::map<std::string, std::string>>(facts.text)};
    Reader reader;
    if (!language.empty()) read_text(language, draft.language, reader);
    return draft;
}

Draft mask(Draft draft) {
    for (const auto& fact : letter_type(draft.type).facts) {
        if (fact.kind == Fact::Kind::secret) draft.facts[std::string(fact.name)] = "••••••";
    }
    return draft;
}

Template built_in_template(Type type, Language language) {
    return read_template(embedded(fmt::format("mail/{}/{}.mustache", enum_text(language), enum_text(type))));
}

Task<Template> find_template(db::Database& db, const Context& ctx, Type type, Language language) {
    // The agency's row lies in another tenant.
    Context wide = ctx;
    wide.all_accounts = true;
    auto own = co_await db.maybe<TemplateRow>(wide, template_sql, ctx.account_id, type, language);
    if (own) co_return Template{std::move(own->subject), std::move(own->body)};
    co_return built_in_template(type, language);
}

Task<House> find_house(db::Database& db, const Context& ctx) {
    co_return co_await db.one<House>(ctx, house_sql, ctx.account_id);
}

Rendered compose(const Template& words, const Draft& draft, const House& house, const Sender& sender) {
    Values values{{"name", draft.to_name}, {"account", house.name}, {"product", sender.name}};
    for (const auto& fact : letter_type(draft.type).facts) {
        auto given = draft.facts.find(std::string(fact.name));
        values[std::string(fact.name)] = given == draft.facts.end() ? "" : worded(draft, fact, given->second, house);
    }
    Frame frame;
    frame.language = enum_text(draft.language);
    frame.brand = letter_type(draft.type).from_product ? sender.name : house.name;
    frame.footer = footer(draft, house, sender);
    return render(words, values, frame);
}

std::map<std::string, std::string> sample_facts(Type type, Language language) {
    std::map<std::string, std::string> facts;
    for (const auto& fact : letter_type(type).facts) {
        bool spanish = language == Language::es && !fact.sample_es.empty();
        facts[std::string(fact.name)] = spanish ? fact.sample_es : fact.sample_en;
    }
    return facts;
}

} // namespace doorstep::mail
