#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "db/database.hpp"
#include "modules/ai/language_model.hpp"

namespace doorstep::ai {

/// What an e-mail may say: facts from the records and nothing else.
struct EmailFacts {
    Uuid contact_id;
    std::optional<Uuid> task_id;
    std::string client_name;
    std::string property_address;
    std::string property_type;
    std::string stage;
    std::string notes;
    std::string custom_fields; ///< JSON object
    std::string occasion;      ///< the follow-up type: "Day 1", …, "Custom"; empty: no task
    std::string task_notes;
    std::string agent_name;
    std::string agency_name;
    std::string instructions; ///< the agent's own, at most 500 characters
    std::string language = "en";
    bool unread = false; ///< nobody reads the letter before it goes: one that gives rise to warnings does not serve
};

/// One of the facts that a letter could draw on.
struct Fact {
    std::string name;
    std::string value;
    BOOST_DESCRIBE_CLASS(Fact, (), (name, value), (), ())
};

/// Words that steer by who people are; a figure or claim that the record does not hold.
enum class Concern { fair_housing, invented_fact };
BOOST_DESCRIBE_ENUM(Concern, fair_housing, invented_fact)

struct Warning {
    Concern concern = Concern::invented_fact;
    std::string excerpt; ///< the words in question, as they stand in the letter
    BOOST_DESCRIBE_CLASS(Warning, (), (concern, excerpt), (), ())
};

enum class Source { ai, template_ };
BOOST_DESCRIBE_ENUM(Source, ai, template_)

struct Draft {
    std::string subject; ///< at most 200 characters, one line
    std::string text;    ///< paragraphs separated by blank lines; no signature
    Source source = Source::template_;
};

/// Writes e-mails: asks the model, checks what it says against what is asked of it, and falls back to a template that reads
/// well. Never fails.
class EmailWriter {
public:
    /// `model` null: none is configured, templates serve.
    EmailWriter(db::Database& db, LanguageModel* model, int max_tokens) : db_(db), model_(model), max_tokens_(max_tokens) {}

    Task<Draft> write(Context& ctx, const EmailFacts& facts);

private:
    db::Database& db_;
    LanguageModel* model_;
    int max_tokens_;
};

/// Reads a model's answer: JSON {subject, body} (also within a code fence), else text whose first line is the subject. nullopt
/// if there is no usable subject and body in it.
std::optional<Draft> read_answer(std::string_view answer);
Draft template_draft(const EmailFacts& facts);
std::vector<Fact> facts_of(const EmailFacts& facts);
/// What a person should look at before a letter goes; nothing is changed in it.
std::vector<Warning> check_letter(std::string_view subject, std::string_view body, const EmailFacts& facts);
/// What the model is asked.
Prompt email_prompt(const EmailFacts& facts, int max_tokens);

} // namespace doorstep::ai

template <>
struct doorstep::EnumText<doorstep::ai::Source> {
    static std::string_view text(ai::Source source) { return source == ai::Source::ai ? "ai" : "template"; }
};
