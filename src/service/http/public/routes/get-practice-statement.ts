import type { FastifyInstance } from 'fastify';
import { PUBLIC_PATHS } from '../../../ca/public-urls.ts';
import { practiceStatementPage } from '../practice-statement.ts';
import type { PublicServices } from '../public-services.ts';

export function getPracticeStatement(
  server: FastifyInstance,
  { practice }: Pick<PublicServices, 'practice'>,
): void {
  const page = practiceStatementPage(practice);
  server.get(PUBLIC_PATHS.cps, async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
}
