"""Where QGIS reads a layer of the catalogue: provider and URI, and whether the database lets us in."""
from __future__ import annotations

from qgis.core import QgsDataSourceUri, QgsWkbTypes

from ..core.catalogue import CatalogueLayer, PostgisSource
from ..core.problem import Problem, ServiceProblem
from ..core.words import say
from .access import Access
from .login import Login

_PAGE_SIZE = '10000'
_CONNECT_TIMEOUT_S = 5


def layer_source(layer: CatalogueLayer, access: Access) -> tuple[str, str]:
    """Provider key and URI. Neither holds a password, but the ids of those that QGIS keeps itself."""
    if isinstance(layer.source, PostgisSource):
        return 'postgres', _postgis_uri(layer, layer.source, access.login)
    uri = QgsDataSourceUri()
    uri.setParam('url', layer.source.landing_page)
    uri.setParam('typename', layer.source.collection)
    uri.setParam('pagingEnabled', 'true')
    uri.setParam('pageSize', _PAGE_SIZE)
    if access.authcfg:
        uri.setAuthConfigId(access.authcfg)
    return 'OAPIF', uri.uri(False)


def _postgis_uri(layer: CatalogueLayer, source: PostgisSource, login: Login) -> str:
    uri = _connection(source, login)
    uri.setDataSource(source.schema, source.table, layer.geometry_column, '', layer.key)
    # type and srid let QGIS find the style in layer_styles, and spare it from reading every row
    uri.setSrid(str(layer.srid))
    uri.setWkbType(QgsWkbTypes.parseType(layer.geometry_type))
    uri.setUseEstimatedMetadata(True)
    uri.setParam('checkPrimaryKeyUnicity', '0')
    return uri.uri(False)


def _connection(source: PostgisSource, login: Login) -> QgsDataSourceUri:
    uri = QgsDataSourceUri()
    user = '' if login.authcfg else login.user
    uri.setConnection(source.host, str(source.port), source.database, user, '', QgsDataSourceUri.SslMode.SslPrefer,
                      login.authcfg)
    return uri


def check_database(source: PostgisSource, login: Login) -> frozenset[str]:
    """
    Makes sure that QGIS can read the views, in at most 5 s, and names those that people gave a default style of their
    own. By psycopg2, which QGIS ships: QGIS's own connection would open its password window instead of saying why.

    Raises ServiceProblem `database-refused` or `database-not-readable`.
    """
    import psycopg2

    conninfo = _connection(source, login).connectionInfo(True)
    try:
        connection = psycopg2.connect(conninfo, connect_timeout=_CONNECT_TIMEOUT_S)
    except psycopg2.Error as error:
        raise ServiceProblem(_refused(source, login, str(error).strip())) from error
    try:
        with connection.cursor() as cursor:
            cursor.execute("select coalesce(has_schema_privilege(to_regnamespace(%s)::oid, 'usage'), false)",
                           [source.schema])
            if not cursor.fetchone()[0]:
                raise ServiceProblem(_not_readable(source, login))
            return _find_own_styles(cursor, source)
    except psycopg2.Error as error:
        raise ServiceProblem(_refused(source, login, str(error).strip())) from error
    finally:
        connection.close()


def _find_own_styles(cursor, source: PostgisSource) -> frozenset[str]:
    """Views whose default style in layer_styles is not the service's own."""
    cursor.execute("select has_table_privilege(to_regclass('public.layer_styles')::oid, 'select')")
    if not cursor.fetchone()[0]:
        return frozenset()
    cursor.execute(
        "select f_table_name from public.layer_styles where f_table_catalog = current_database() "
        "and f_table_schema = %s and useasdefault and stylename not like 'Rivage%%'", [source.schema])
    return frozenset(name for name, in cursor.fetchall())


def _refused(source: PostgisSource, login: Login, why: str) -> Problem:
    return Problem(
        'database-refused',
        say(
            'The database {place} did not let {user} in: {why}. Give another login with Add layers, '
            'or ask whoever runs the database.',
            'La base de données {place} a refusé {user} : {why}. Donnez un autre compte par Ajouter les couches, '
            'ou adressez-vous à la personne qui gère la base.',
        ).format(place=source.place, user=login.user, why=' '.join(why.split())),
    )


def _not_readable(source: PostgisSource, login: Login) -> Problem:
    return Problem(
        'database-not-readable',
        say(
            '{user} may not read the views of Rivage in {place}. Whoever runs the database can allow it: '
            'grant {role} to "{user}";',
            '{user} n’a pas le droit de lire les vues de Rivage dans {place}. La personne qui gère la base peut '
            'l’accorder : grant {role} to "{user}";',
        ).format(place=source.place, user=login.user, role=source.role),
    )
