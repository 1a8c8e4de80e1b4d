-- What the schema rivage is made of, one line of text a row, in the order of sql/schema.sql. Same on every engine and
-- version: texts of views stand in sql/views, not here.
with relation as (
  select c.oid, c.relname as name, c.relkind as kind, obj_description(c.oid) as comment
  from pg_class as c
  where c.relnamespace = 'rivage'::regnamespace and c.relkind in ('r', 'v')
),
line as (
  select r.kind, r.name, 0 as part, 0 as n,
    case r.kind when 'r' then 'table ' else 'view ' end || r.name || coalesce(E'\n  -- ' || r.comment, '') as text
  from relation as r
  union all
  select r.kind, r.name, 1, a.attnum,
    '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end
      || case when a.attidentity <> '' then ' generated always as identity' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
      || coalesce(' -- ' || col_description(r.oid, a.attnum), '')
  from relation as r
  join pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef as d on d.adrelid = r.oid and d.adnum = a.attnum
  union all
  -- PostgreSQL 18 lists "not null" as constraints too
  select r.kind, r.name, 2, row_number() over (partition by r.oid order by k.contype, k.conname),
    '  constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
  from relation as r
  join pg_constraint as k on k.conrelid = r.oid and k.contype <> 'n'
  union all
  select r.kind, r.name, 3, row_number() over (partition by r.oid order by x.indexrelid::regclass::text),
    '  ' || pg_get_indexdef(x.indexrelid)
  from relation as r
  join pg_index as x on x.indrelid = r.oid
  where not exists (select from pg_constraint as k where k.conindid = x.indexrelid)
  union all
  select 'z', p.proname, 0, 0,
    'function ' || p.proname || '(' || pg_get_function_arguments(p.oid) || ') returns '
      || pg_get_function_result(p.oid) || coalesce(E'\n  -- ' || obj_description(p.oid), '')
  from pg_proc as p
  where p.pronamespace = 'rivage'::regnamespace
)
select text from line order by kind, name, part, n
