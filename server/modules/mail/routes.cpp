#include "modules/mail/mail.hpp"

namespace doorstep::mail {

namespace {

using http::Context;

Task<http::Page<EmailLog>> list_email_logs(Mail& mail, Context& ctx, http::Query<EmailLogFilter> filter) {
    co_return co_await mail.list(ctx, filter.value);
}

Task<EmailLogDetail> get_email_log(Mail& mail, Context& ctx, Id<EmailLog> id) {
    return mail.require(ctx, id);
}

Task<EmailStats> get_email_stats(Mail& mail, Context& ctx, http::Query<EmailStatsFilter> filter) {
    co_return co_await mail.stats(ctx, filter.value);
}

Task<http::Response> take_mailgun_event(Mail& mail, Context& ctx, http::RawBody) {
    return mail.take_mailgun(ctx);
}

Language language_of(const http::Query<LetterTemplateFilter>& filter) {
    return filter->language.value_or(Language::en);
}

Task<LetterTemplates> list_email_templates(Mail& mail, Context& ctx, http::Query<LetterTemplateFilter> filter) {
    return mail.list_templates(ctx, language_of(filter));
}

Task<LetterTemplate> get_email_template(Mail& mail, Context& ctx, Type type, http::Query<LetterTemplateFilter> filter) {
    return mail.get_template(ctx, type, language_of(filter));
}

Task<LetterTemplate> write_email_template(
    Mail& mail, Context& ctx, Type type, http::Query<LetterTemplateFilter> filter, LetterWords words
) {
    co_return co_await mail.write_template(ctx, type, language_of(filter), words);
}

Task<LetterTemplate> reset_email_template(Mail& mail, Context& ctx, Type type, http::Query<LetterTemplateFilter> filter) {
    return mail.reset_template(ctx, type, language_of(filter));
}

Task<LetterPreview> preview_email_template(
    Mail& mail, Context& ctx, Type type, http::Query<LetterTemplateFilter> filter, LetterWords words
) {
    co_return co_await mail.preview_template(ctx, type, language_of(filter), words);
}

Task<http::Accepted<EmailLog>> send_test_email(Mail& mail, Context& ctx, LetterTestRequest request) {
    auto log = co_await mail.send_test(ctx, request);
    auto location = "/api/hub/email-logs/" + log.id.text();
    co_return http::Accepted<EmailLog>{std::move(location), std::move(log)};
}

} // namespace

void routes(http::Router& router, Mail& mail) {
    router.tag("Letters");
    router.add("GET", "/api/hub/email-logs", mail, list_email_logs)
        .scope("mail:read")
        .id("list_email_logs")
        .summary("The letters that Doorstep itself sent, newest first");
    router.add("GET", "/api/hub/email-logs/{id}", mail, get_email_log)
        .scope("mail:read")
        .id("get_email_log")
        .summary("A letter, its links and codes hidden");
    router.add("GET", "/api/hub/email-logs/stats", mail, get_email_stats)
        .scope("mail:read")
        .id("get_email_stats")
        .summary("How many letters of each type have which status");
    router.add("GET", "/api/hub/email-templates", mail, list_email_templates)
        .scope("mail:read")
        .id("list_email_templates")
        .summary("The words of every letter in a language");
    router.add("GET", "/api/hub/email-templates/{email_type}", mail, get_email_template)
        .scope("mail:read")
        .id("get_email_template")
        .summary("The words of a letter, and the variables it knows");
    router.add("PUT", "/api/hub/email-templates/{email_type}", mail, write_email_template)
        .scope("mail:write")
        .id("write_email_template")
        .summary("Puts the account's own words in place; an agency's count for its businesses too");
    router.add("DELETE", "/api/hub/email-templates/{email_type}", mail, reset_email_template)
        .scope("mail:write")
        .id("reset_email_template")
        .summary("Back to the default");
    router.add("POST", "/api/hub/email-templates/{email_type}/preview", mail, preview_email_template)
        .scope("mail:read")
        .id("preview_email_template")
        .summary("How a letter would look with these words; nothing is stored or sent");
    router.add("POST", "/api/hub/email/test", mail, send_test_email)
        .scope("mail:write")
        .id("send_test_email")
        .summary("Sends a letter of any type with made-up facts");
    router.tag("Webhooks");
    router.add("POST", "/api/webhooks/mailgun", mail, take_mailgun_event)
        .open()
        .lenient()
        .id("mailgun_event")
        .summary("Mailgun's signed event webhook");
}

} // namespace doorstep::mail
