#include "modules/mail/letter_types.hpp"

#include <stdexcept>

namespace doorstep::mail {

namespace {

using enum Fact::Kind;

constexpr bool required = true;
constexpr bool from_product = true;
constexpr bool from_account = false;

constexpr Fact common[] = {
    {"name", text, false, "Kim Lee"},
    {"account", text, false, "Harbor Realty"},
    {"product", text, false, "Doorstep"},
};

constexpr std::string_view sample_link = "https://example.com/the-link";

constexpr Fact onboarding_invite[] = {
    {"link", secret, required, sample_link},
    {"hours", text, false, "72"},
    {"message", text, false, "We are looking forward to working with you.", "Nos alegra trabajar con usted."},
};
constexpr Fact onboarding_complete[] = {
    {"link", text, false, sample_link},
};
constexpr Fact onboarding_reminder[] = {
    {"link", secret, false, sample_link},
    {"hours", text, false, "24"},
    {"ended_at", time, false, ""},
};
constexpr Fact password_reset[] = {
    {"link", secret, required, sample_link},
    {"minutes", text, false, "60"},
};
constexpr Fact form_submission[] = {
    {"form", text, required, "Viewing request", "Solicitud de visita"},
    {"fields", text, required, "Name: Kim Lee\nPhone: 555-0100", "Nombre: Kim Lee\nTeléfono: 555-0100"},
    {"link", text, false, sample_link},
};
constexpr Fact rush_job_notification[] = {
    {"title", text, required, "Brochure for 12 Oak Street", "Folleto de 12 Oak Street"},
    {"due_at", time, false, "2030-03-05T17:00:00Z"},
    {"description", text, false, "Two pages, with the new photos.", "Dos páginas, con las fotos nuevas."},
    {"link", text, false, sample_link},
};
constexpr Fact blog_notification[] = {
    {"title", text, required, "Five questions before you list", "Cinco preguntas antes de vender"},
    {"link", text, required, sample_link},
};
constexpr Fact document_review[] = {
    {"title", text, required, "Listing agreement", "Contrato de exclusividad"},
    {"note", text, false, "Please look at page 3.", "Por favor, revise la página 3."},
    {"link", text, required, sample_link},
};
constexpr Fact verify_email[] = {
    {"link", secret, required, sample_link},
    {"hours", text, false, "24"},
};
constexpr Fact sign_in_code[] = {
    {"code", secret, required, "482913"},       {"minutes", text, false, "10"},    {"reason", text, false, "new_device"},
    {"device", text, false, "Chrome, Windows"}, {"ip", text, false, "192.0.2.10"},
};
constexpr Fact security_alert[] = {
    {"what", text, required, "password_changed"}, {"at", time, false, "2030-03-04T15:00:00Z"},
    {"device", text, false, "Chrome, Windows"},   {"ip", text, false, "192.0.2.10"},
    {"link", text, false, sample_link},
};
constexpr Fact team_invitation[] = {
    {"link", secret, required, sample_link},
    {"inviter", text, required, "Ana Ruiz"},
    {"role", text, false, "agent"},
    {"hours", text, false, "72"},
};
constexpr Fact account_activated[] = {
    {"link", text, required, sample_link},
};
constexpr Fact digest[] = {
    {"count", text, required, "3"},
    {"items", text, required, "A form came in: Viewing request\nA document waits for your review\nA lead was assigned to you",
     "Llegó un formulario: Solicitud de visita\nUn documento espera su revisión\nSe le asignó un contacto"},
    {"link", text, required, sample_link},
    {"preferences", text, false, sample_link},
};
constexpr Fact summary[] = {
    {"period", text, required, "Week of March 4", "Semana del 4 de marzo"},
    {"lines", text, required, "New clients: 12\nE-mails sent: 48, opened: 61%\nDeals closed: 2",
     "Clientes nuevos: 12\nCorreos enviados: 48, abiertos: 61 %\nVentas cerradas: 2"},
    {"link", text, required, sample_link},
    {"preferences", text, false, sample_link},
};

constexpr LetterType types[] = {
    {Type::onboarding_invite, from_account, onboarding_invite},
    {Type::onboarding_complete, from_account, onboarding_complete},
    {Type::onboarding_reminder, from_account, onboarding_reminder},
    {Type::password_reset, from_product, password_reset},
    {Type::form_submission, from_account, form_submission},
    {Type::rush_job_notification, from_account, rush_job_notification},
    {Type::blog_notification, from_account, blog_notification},
    {Type::document_review, from_account, document_review},
    {Type::verify_email, from_product, verify_email},
    {Type::sign_in_code, from_product, sign_in_code},
    {Type::security_alert, from_product, security_alert},
    {Type::team_invitation, from_account, team_invitation},
    {Type::account_activated, from_account, account_activated},
    {Type::digest, from_account, digest},
    {Type::summary, from_account, summary},
};

} // namespace

const LetterType& letter_type(Type type) {
    for (const auto& candidate : types) {
        if (candidate.type == type) return candidate;
    }
    throw std::logic_error("a letter of no type");
}

std::span<const Fact> common_facts() {
    return common;
}

const Fact* find_fact(Type type, std::string_view name) {
    for (auto facts : {letter_type(type).facts, common_facts()}) {
        for (const auto& fact : facts) {
            if (fact.name == name) return &fact;
        }
    }
    return nullptr;
}

} // namespace doorstep::mail
