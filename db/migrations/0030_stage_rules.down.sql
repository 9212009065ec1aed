drop table stage_rule_runs;
drop table stage_suggestions;
drop table stage_rules;
