#include "core/log.hpp"
#include "core/together.hpp"
#include "modules/messages/letter.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::messages {

ai::EmailFacts Messages::facts_for(
    const Client& client, const std::optional<Occasion>& occasion, std::string instructions,
    const accounts::SendingProfile& profile
) const {
    return {
        .contact_id = client.id.value,
        .task_id = occasion ? std::optional(occasion->task_id) : std::nullopt,
        .client_name = client.name,
        .property_address = client.property_address,
        .property_type = std::string(enum_text(client.property_type)),
        .stage = std::string(enum_text(client.stage)),
        .notes = client.notes.value_or(""),
        .custom_fields = client.custom_fields.text,
        .occasion = occasion ? occasion->followup_type : std::string(),
        .task_notes = occasion ? occasion->notes : std::string(),
        .agent_name = profile.agent_name,
        .agency_name = profile.account_name,
        .instructions = std::move(instructions),
        .language = std::string(enum_text(profile.language)),
    };
}

Task<ai::Draft> Messages::write(
    Context& ctx, const Client& client, const std::optional<Occasion>& occasion, std::string instructions
) {
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    co_return co_await write(ctx, client, occasion, std::move(instructions), profile);
}

Task<> Messages::write(Context& ctx, std::vector<NewEmail>& emails) {
    auto people = co_await clients_of(ctx, emails);
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    auto one = [&](NewEmail& email, const Client& client) -> Task<> {
        auto draft = co_await write(ctx, client, email.occasion, {}, profile);
        email.subject = std::move(draft.subject);
        email.text = std::move(draft.text);
        email.source = source_of(draft.source);
    };
    std::vector<Task<>> letters;
    for (auto& email : emails) {
        auto client = people.find(email.client_id); // one that was deleted meanwhile is for the gate to refuse
        if (email.text.empty() && client != people.end()) letters.push_back(one(email, client->second));
    }
    co_await together(std::move(letters));
}

Task<ai::Draft> Messages::write(
    Context& ctx, const Client& client, const std::optional<Occasion>& occasion, std::string instructions,
    const accounts::SendingProfile& profile
) {
    if (instructions.empty()) {
        auto letter = co_await library_letter(ctx, client, occasion);
        if (letter) co_return std::move(*letter);
    }
    auto facts = facts_for(client, occasion, std::move(instructions), profile);
    facts.unread = true;
    co_return co_await parts_.writer.write(ctx, facts);
}

Task<std::optional<ai::Draft>> Messages::library_letter(
    Context& ctx, const Client& client, const std::optional<Occasion>& occasion
) {
    if (!occasion || !occasion->letter_id) co_return std::nullopt;
    std::string why;
    try {
        auto letter = co_await parts_.templates.fill(ctx, *occasion->letter_id, client);
        if (letter.missing.empty())
            co_return ai::Draft{std::move(letter.subject), std::move(letter.body), ai::Source::template_};
        why = "the record has nothing for " + letter.missing.front();
    } catch (const Error& error) {
        if (error.status != 404) throw;
        why = "it was deleted";
    }
    // The person gets a letter all the same: one that is written.
    log::warn(
        "a step's letter can't serve",
        {{"account", ctx.account_id.text()}, {"letter", occasion->letter_id->text()}, {"reason", why}}
    );
    co_return std::nullopt;
}

Task<Preview> Messages::preview(Context& ctx, const PreviewRequest& request) {
    auto client = co_await parts_.contacts.require(ctx, request.client_id);
    if (!client.email) throw no_email();
    std::optional<Occasion> occasion;
    if (request.task_id) occasion = co_await tasks_->require_occasion(ctx, *request.task_id, client.id);
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    auto instructions = request.agent_instructions ? request.agent_instructions->value : std::string();
    auto facts = facts_for(client, occasion, std::move(instructions), profile);

    Preview preview;
    std::optional<ai::Draft> own;
    if (!request.template_id && facts.instructions.empty()) own = co_await library_letter(ctx, client, occasion);
    if (request.template_id) {
        auto letter = co_await parts_.templates.fill(ctx, *request.template_id, client);
        preview.subject = std::move(letter.subject);
        preview.body = std::move(letter.body);
        preview.missing = std::move(letter.missing);
    } else if (own) {
        preview.subject = std::move(own->subject);
        preview.body = std::move(own->text);
    } else {
        auto draft = co_await parts_.writer.write(ctx, facts);
        preview.subject = std::move(draft.subject);
        preview.body = std::move(draft.text);
        preview.source = draft.source;
        preview.facts = ai::facts_of(facts);
    }
    // The office's own letter may speak of its own prices and dates; whom it leaves out is asked of it all the same.
    preview.warnings = ai::check_letter(preview.subject, preview.body, facts);
    if (request.template_id || own) {
        std::erase_if(preview.warnings, [](auto& warning) { return warning.concern != ai::Concern::fair_housing; });
    }
    preview.html_body = make_letter(preview.body, {}, profile, unsubscribe_url(ctx.account_id, client.id)).html;
    preview.preview = snippet(preview.body);
    co_return preview;
}

Task<Checked> Messages::check_letter(Context& ctx, const CheckRequest& request) {
    auto client = co_await parts_.contacts.require(ctx, request.client_id);
    std::optional<Occasion> occasion;
    if (request.task_id) occasion = co_await tasks_->require_occasion(ctx, *request.task_id, client.id);
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    auto instructions = request.agent_instructions ? request.agent_instructions->value : std::string();
    auto facts = facts_for(client, occasion, std::move(instructions), profile);
    bool html = looks_like_html(request.body.value);
    auto text = html ? html_to_text(with_breaks(request.body.value)) : request.body.value;
    auto clean = html ? sanitize_html(with_breaks(request.body.value)) : std::string();
    auto letter = make_letter(text, clean, profile, unsubscribe_url(ctx.account_id, client.id));
    co_return Checked{ai::check_letter(request.subject.value, text, facts), std::move(letter.html), std::move(letter.text)};
}

} // namespace doorstep::messages
