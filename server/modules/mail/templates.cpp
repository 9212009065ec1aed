#include "modules/mail/letter_types.hpp"
#include "modules/mail/stored.hpp"

namespace doorstep::mail {

namespace {

// The account's own, else its agency's, of each type.
const db::Query list_sql{"mail.templates", R"sql(
    select distinct on (t.email_type) t.email_type, t.subject, t.body, t.account_id = a.id as own, t.updated_at, t.updated_by
    from accounts a join email_templates t on t.account_id in (a.id, a.parent_id)
    where a.id = $1 and t.language = $2
    order by t.email_type, t.account_id <> a.id
)sql"};

const db::Query write_sql{"mail.write_template", R"sql(
    insert into email_templates (account_id, email_type, language, subject, body, updated_at, updated_by)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (account_id, email_type, language) do update
       set subject = excluded.subject, body = excluded.body, updated_at = excluded.updated_at, updated_by = excluded.updated_by
)sql"};

const db::Query reset_sql{"mail.reset_template", R"sql(
    delete from email_templates where account_id = $1 and email_type = $2 and language = $3
)sql"};

struct Row {
    Type email_type = Type::security_alert;
    std::string subject;
    std::string body;
    bool own = false;
    Time updated_at;
    std::string updated_by;
    BOOST_DESCRIBE_CLASS(Row, (), (email_type, subject, body, own, updated_at, updated_by), (), ())
};

bool must_appear(const Fact& fact) {
    return fact.kind == Fact::Kind::secret && fact.required;
}

std::vector<LetterVariable> variables_of(Type type, Language language) {
    std::vector<LetterVariable> list;
    for (auto facts : {letter_type(type).facts, common_facts()}) {
        for (const auto& fact : facts) {
            bool spanish = language == Language::es && !fact.sample_es.empty();
            list.push_back({std::string(fact.name), std::string(spanish ? fact.sample_es : fact.sample_en), must_appear(fact)});
        }
    }
    return list;
}

LetterTemplate built_in(Type type, Language language) {
    auto words = built_in_template(type, language);
    return {
        .email_type = type,
        .language = language,
        .subject = std::move(words.subject),
        .body = std::move(words.body),
        .variables = variables_of(type, language),
    };
}

void check_text(Reader& reader, Type type, std::string_view field, const std::string& text) {
    if (auto mistake = find_mistake(text); !mistake.empty()) return reader.fail(field, "malformed", mistake);
    for (const auto& name : variables(text)) {
        if (!find_fact(type, name))
            reader.fail(field, "unknown_variable", "has {{" + name + "}}, which this letter does not know");
    }
}

/// Throws Error 422 with everything that is wrong.
void check_words(Type type, const LetterWords& words) {
    Reader reader;
    check_text(reader, type, "subject", words.subject);
    check_text(reader, type, "body", words.body);
    reader.require_ok();
    auto used = variables(words.body.value);
    for (const auto& fact : letter_type(type).facts) {
        if (must_appear(fact) && !used.contains(fact.name))
            reader.fail(
                "body", "missing_variable", "must have {{" + std::string(fact.name) + "}}: the letter is no use without it"
            );
    }
    for (const auto& address : button_addresses(words.body.value)) {
        bool good = address.starts_with("https://") || address.starts_with("http://") || address.starts_with("{{");
        if (!good) reader.fail("body", "invalid", "has a button that leads to no web address");
    }
    reader.require_ok();
}

} // namespace

Task<LetterTemplates> Mail::list_templates(Context& ctx, Language language) {
    Context wide = ctx;
    wide.all_accounts = true;
    auto rows = co_await parts_.db.all<Row>(wide, list_sql, ctx.account_id, language);
    LetterTemplates list;
    for (const auto& entry : detail::enumerators_of<Type>) {
        auto item = built_in(entry.value, language);
        for (auto& row : rows) {
            if (row.email_type != entry.value) continue;
            item.subject = std::move(row.subject);
            item.body = std::move(row.body);
            item.author = row.own ? Author::account : Author::agency;
            item.updated_at = row.updated_at;
            item.updated_by = std::move(row.updated_by);
        }
        list.items.push_back(std::move(item));
    }
    co_return list;
}

Task<LetterTemplate> Mail::get_template(Context& ctx, Type type, Language language) {
    auto list = co_await list_templates(ctx, language);
    for (auto& item : list.items) {
        if (item.email_type == type) co_return std::move(item);
    }
    throw not_found("template");
}

Task<LetterTemplate> Mail::write_template(Context& ctx, Type type, Language language, const LetterWords& words) {
    check_words(type, words);
    auto before = co_await get_template(ctx, type, language);
    auto body = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(write_sql, ctx.account_id, type, language, words.subject, words.body, ctx.now(), ctx.actor.name);
        LetterWords old{{before.subject}, {before.body}};
        co_await parts_.audit.record(
            tx, ctx,
            {.action = "write_email_template",
             .subject_kind = "email_template",
             .subject_name = std::string(enum_text(type)) + " " + std::string(enum_text(language)),
             .before = Json{to_json(old)},
             .after = Json{to_json(words)}}
        );
    };
    co_await parts_.db.transaction(ctx, body);
    co_return co_await get_template(ctx, type, language);
}

Task<LetterTemplate> Mail::reset_template(Context& ctx, Type type, Language language) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto gone = co_await tx.exec(reset_sql, ctx.account_id, type, language);
        if (gone == 0) co_return;
        co_await parts_.audit.record(
            tx, ctx,
            {.action = "reset_email_template",
             .subject_kind = "email_template",
             .subject_name = std::string(enum_text(type)) + " " + std::string(enum_text(language))}
        );
    };
    co_await parts_.db.transaction(ctx, body);
    co_return co_await get_template(ctx, type, language);
}

Task<LetterPreview> Mail::preview_template(Context& ctx, Type type, Language language, const LetterWords& words) {
    check_words(type, words);
    auto house = co_await find_house(parts_.db, ctx);
    Draft draft{type, language, "Kim Lee", sample_facts(type, language)};
    auto shown = compose({words.subject, words.body}, draft, house, parts_.from);
    co_return LetterPreview{std::move(shown.subject), std::move(shown.text), std::move(shown.html)};
}

} // namespace doorstep::mail
