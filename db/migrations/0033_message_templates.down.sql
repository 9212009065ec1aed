drop table message_templates;
