import express, { type Express, type Request, type Response } from 'express';
import { ServiceError } from '../errors.ts';
import { calibrationRoutes } from './api/calibrations.ts';
import { cameraRoutes } from './api/cameras.ts';
import { dayRoutes } from './api/days.ts';
import { densityRoutes } from './api/density.ts';
import { elevationRoutes } from './api/elevations.ts';
import { estimateRoutes } from './api/estimates.ts';
import { healthRoutes } from './api/health.ts';
import { lakeRoutes } from './api/lakes.ts';
import { layerRoutes } from './api/layers.ts';
import { locationRoutes } from './api/locations.ts';
import { modelRoutes } from './api/models.ts';
import { describingRoutes } from './api/openapi-page.ts';
import { photoRoutes } from './api/photos.ts';
import { pictureRoutes } from './api/pictures.ts';
import { projectRoutes } from './api/project.ts';
import { runRoutes } from './api/runs.ts';
import { zoneRoutes } from './api/zones.ts';
import type { ServeDeps } from './deps.ts';
import { addSecurityHeaders, refuseForeigners, refuseWithoutToken } from './guard.ts';
import { languageOf, mountRoutes } from './mount.ts';
import { ogcRoutes } from './ogc/routes.ts';
import { problemType, toProblem } from './problem.ts';
import type { Route } from './route.ts';
import { contentPolicy, maplibreFolder, pageFolder, scriptFolder } from './static.ts';

/** Every route of the service, in the order of its documentation. */
export function allRoutes(deps: ServeDeps): readonly Route[] {
  const api = [
    ...healthRoutes(deps),
    ...lakeRoutes(deps),
    ...zoneRoutes(deps),
    ...densityRoutes(deps),
    ...estimateRoutes(deps),
    ...elevationRoutes(deps),
    ...cameraRoutes(deps),
    ...dayRoutes(deps),
    ...calibrationRoutes(deps),
    ...locationRoutes(deps),
    ...modelRoutes(deps),
    ...photoRoutes(deps),
    ...pictureRoutes(deps),
    ...runRoutes(deps),
    ...layerRoutes(deps),
    ...projectRoutes(deps),
  ];
  return [...describingRoutes(api, deps), ...ogcRoutes(deps)];
}

/** The HTTP service: /api, /ogc and the map page. The only file that knows express. */
export function createApp(deps: ServeDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', false);
  app.use(addSecurityHeaders(contentPolicy()));
  app.use(refuseForeigners);
  app.use(refuseWithoutToken(deps.config.token));
  mountRoutes(app, allRoutes(deps), express, deps.config.language);
  mountPage(app);
  app.use((request) => {
    throw new ServiceError('route-missing', { path: request.path });
  });
  // express knows an error handler by its four parameters
  app.use((thrown: unknown, request: Request, response: Response, _next: unknown) => {
    const problem = toProblem(thrown, languageOf(request, deps.config.language));
    if (problem.status >= 500) {
      const why = thrown instanceof Error ? thrown.stack : String(thrown);
      deps.log.error('request failed', { method: request.method, path: request.path, code: problem.code, why });
    }
    if (response.headersSent) response.destroy();
    else
      response
        .status(problem.status)
        .type(problemType)
        .send(Buffer.from(JSON.stringify(problem)));
  });
  return app;
}

function mountPage(app: Express): void {
  const quiet = { index: false, redirect: false } as const;
  app.get('/', (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: pageFolder });
  });
  app.use('/page', express.static(pageFolder, { ...quiet, extensions: [] }), express.static(scriptFolder, quiet));
  app.use('/vendor/maplibre-gl', express.static(maplibreFolder, { ...quiet, maxAge: '1h' }));
}
