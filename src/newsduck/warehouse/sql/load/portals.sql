merge into portals t using (
    select * from _portals qualify row_number() over (partition by portal order by name) = 1
) s on t.portal = s.portal
when matched and (t.name, t.timezone, t.front_pages) is distinct from (s.name, s.timezone, s.front_pages)
    then update by name
when not matched then insert by name;
