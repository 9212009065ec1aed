drop view counter_parts;
