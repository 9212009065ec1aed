#pragma once

// Follow-up plans: what is done with a person from an occasion on, step by step.

#include <optional>
#include <string>
#include <vector>

#include "http/precondition.hpp"
#include "modules/events/events.hpp"
#include "modules/journeys/tasks.hpp"

namespace doorstep::journeys {

/// The occasion on which a plan starts by itself.
enum class Starts { new_client, stage_entered, by_hand };
BOOST_DESCRIBE_ENUM(Starts, new_client, stage_entered, by_hand)

/// A step of a plan. Its time counts from the plan's start.
struct Step {
    Uuid id;
    std::string name;
    FollowupType followup_type = FollowupType::custom;
    std::int64_t offset_minutes = 0;
    Channel channel = Channel::email;
    Priority priority = Priority::medium;
    Mode mode = Mode::automatic;
    std::optional<std::string> instructions;
    std::optional<Id<templates::Template>> letter_id; ///< of the library: sent instead of one that is written
    std::optional<std::string> manual_reason;         ///< why a person has to do it, though the plan wants it otherwise
    BOOST_DESCRIBE_CLASS(
        Step, (), (id, name, followup_type, offset_minutes, channel, priority, mode, instructions, letter_id, manual_reason),
        (), ()
    )

    /// As things are: what can't be sent from here is a person's to do.
    Mode practical_mode() const { return can_send(channel) ? mode : Mode::manual; }
    /// Of its task; empty where the occasion's name says it.
    std::string title() const;
};

struct NewStep {
    std::optional<Uuid> id; ///< of the step as it was; absent: a new one
    Line<1, 60> name;
    std::optional<FollowupType> followup_type; ///< which kind of letter is written
    Int<0, 1'051'200> offset_minutes;
    std::optional<Channel> channel;
    std::optional<Priority> priority;
    std::optional<Mode> mode;
    std::optional<Text<0, 500>> instructions;
    std::optional<Id<templates::Template>> letter_id;
    BOOST_DESCRIBE_CLASS(
        NewStep, (), (id, name, followup_type, offset_minutes, channel, priority, mode, instructions, letter_id), (), ()
    )
    void validate(Reader& reader) const;
};

struct JourneyTemplate {
    Id<JourneyTemplate> id;
    std::string name;
    Starts starts = Starts::by_hand;
    std::optional<contacts::Stage> stage;
    bool active = true;
    bool built_in = false; ///< deleting it brings its first form back
    bool edited = false;   ///< of the built-in one: it has been
    std::vector<Step> steps;
    std::int64_t running = 0; ///< journeys that are under way
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(
        JourneyTemplate, (), (id, name, starts, stage, active, built_in, edited, steps, running, version), (), ()
    )
};

struct NewJourneyTemplate {
    Line<1, 80> name;
    std::optional<Starts> starts;
    std::optional<contacts::Stage> stage;
    std::optional<bool> active;
    std::vector<NewStep> steps;
    BOOST_DESCRIBE_CLASS(NewJourneyTemplate, (), (name, starts, stage, active, steps), (), ())
    void validate(Reader& reader) const;
};

struct JourneyTemplatePatch {
    Patch<Line<1, 80>> name;
    Patch<Starts> starts;
    Patch<std::optional<contacts::Stage>> stage;
    Patch<bool> active;
    Patch<std::vector<NewStep>> steps; ///< replaced whole; steps keep their identity by their ids
    BOOST_DESCRIBE_CLASS(JourneyTemplatePatch, (), (name, starts, stage, active, steps), (), ())
    void validate(Reader& reader) const;
};

struct JourneyTemplates {
    std::vector<JourneyTemplate> items;
    BOOST_DESCRIBE_CLASS(JourneyTemplates, (), (items), (), ())
};

/// An edited plan reaches the journeys that are under way: the steps that lie ahead of each.
struct ApplyTemplate {
    static constexpr std::string_view kind = "journeys.apply_template";
    Uuid template_id;
    BOOST_DESCRIBE_CLASS(ApplyTemplate, (), (template_id), (), ())
};

/// The account's follow-up plans. The built-in one is everybody's until it is edited.
class Templates {
public:
    Templates(db::Database& db, events::Events& events) : db_(db), events_(events) {}

    Task<JourneyTemplates> list(Context& ctx);
    Task<JourneyTemplate> require(Context& ctx, Id<JourneyTemplate> id);
    Task<JourneyTemplate> require(db::Session& tx, Context& ctx, Id<JourneyTemplate> id);
    /// 409 `start_taken` where another active plan starts on the same occasion, `name_taken`.
    Task<JourneyTemplate> create(Context& ctx, const NewJourneyTemplate& input);
    Task<JourneyTemplate> update(
        Context& ctx, Id<JourneyTemplate> id, const JourneyTemplatePatch& patch, const http::Precondition& precondition
    );
    /// Journeys under way go on. The built-in plan gets its first form back.
    Task<> remove(Context& ctx, Id<JourneyTemplate> id);
    Task<JourneyTemplate> restore(Context& ctx, Id<JourneyTemplate> id);

    /// The plan for an occasion, if there is one.
    Task<std::optional<JourneyTemplate>> find_for(db::Session& tx, Context& ctx, Starts starts, contacts::Stage stage);

private:
    /// Error 422 on a letter that the library does not have.
    Task<> check_letters(db::Session& tx, Context& ctx, const std::vector<NewStep>& steps);
    Task<> put(db::Session& tx, Context& ctx, const JourneyTemplate& plan);

    db::Database& db_;
    events::Events& events_;
};

} // namespace doorstep::journeys
