#include "modules/ai/ai.hpp"

#include <kainjow/mustache.hpp>

#include <chrono>
#include <stdexcept>

#include "core/embedded.hpp"
#include "core/log.hpp"
#include "core/text.hpp"

namespace doorstep::ai {

namespace {

const db::Query log_sql{"ai.log", R"sql(
    insert into ai_runs (account_id, id, purpose, contact_id, task_id, model, prompt, output, latency_ms, fallback, error, created_at)
    values ($1, $2, 'email', $3, $4, $5, $6, $7, $8, $9, $10, $11)
)sql"};

std::string first_name(std::string_view name) {
    return std::string(name.substr(0, name.find(' ')));
}

std::string template_name(std::string_view occasion) {
    if (occasion == "Day 1") return "day_1";
    if (occasion == "Day 3") return "day_3";
    if (occasion == "Week 1") return "week_1";
    if (occasion == "Week 2") return "week_2";
    if (occasion == "Month 1") return "month_1";
    return "custom";
}

} // namespace

Draft template_draft(const EmailFacts& facts) {
    auto source = embedded_template("email/" + facts.language + "/" + template_name(facts.occasion) + ".mustache");
    if (!source) throw std::logic_error("an e-mail template is missing from the binary");
    kainjow::mustache::mustache letter{std::string(*source)};
    letter.set_custom_escape([](const std::string& text) { return text; }); // plain text; HTML is made of it later
    // A subject has room for 200 characters, an address alone may take them all.
    auto street = std::string(trim(utf8_prefix(facts.property_address.substr(0, facts.property_address.find(',')), 100)));
    kainjow::mustache::data data;
    data.set("first_name", first_name(facts.client_name));
    data.set("property", facts.property_address);
    data.set("subject_property", street);
    auto text = letter.render(data);
    auto line_end = text.find('\n');
    auto label = text.find(": ") + 2;
    auto subject = std::string(utf8_prefix(std::string_view(text).substr(label, line_end - label), 200));
    return {std::move(subject), std::string(trim(std::string_view(text).substr(line_end + 1))), Source::template_};
}

Task<Draft> EmailWriter::write(Context& ctx, const EmailFacts& facts) {
    if (!model_) co_return template_draft(facts);
    auto prompt = email_prompt(facts, max_tokens_);
    auto begin = std::chrono::steady_clock::now();
    auto answer = co_await model_->complete(prompt);
    auto latency = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();

    auto draft = answer ? read_answer(answer->text) : std::nullopt;
    std::optional<std::string> error;
    if (!answer)
        error = answer.error().reason;
    else if (!draft)
        error = "the answer has no usable subject and body";
    else if (facts.unread && !check_letter(draft->subject, draft->text, facts).empty())
        error = "the answer says what the record does not, or steers by who people are";
    if (error) log::warn("AI gave no e-mail, the template serves", {{"trace", ctx.trace_id}, {"model", model_->name()}});

    if (error) draft.reset();
    auto output = answer ? std::optional(answer->text) : std::nullopt;
    auto model = answer ? answer->model : std::string(model_->name());
    auto id = Uuid::v7(ctx.now());
    try {
        co_await db_.exec(
            ctx, log_sql, ctx.account_id, id, facts.contact_id, facts.task_id, model, prompt.user, output, latency, !draft,
            error, ctx.now()
        );
    } catch (const db::Failure& failure) {
        // The letter matters more than its record; an answer with NUL bytes must not lose it.
        log::warn("an AI run was not logged", {{"trace", ctx.trace_id}, {"sqlstate", failure.sqlstate}});
    }
    co_return draft ? std::move(*draft) : template_draft(facts);
}

} // namespace doorstep::ai
