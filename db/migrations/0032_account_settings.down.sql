alter table accounts
    drop column settings_version, drop column website, drop column agent_phone, drop column agent_title, drop column agent_name,
    drop column language;
