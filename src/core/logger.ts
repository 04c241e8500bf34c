import winston from 'winston';

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A constant message and fields beside it. `error` = a person must act; what heals itself is `warn`. */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  child(fields: LogFields): Logger;
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'silent';

/**
 * Opens the log of one process: JSON lines on standard error, so that standard output stays for results.
 *
 * @param level the lowest level that is written; `silent` writes nothing
 */
export function openLogger(level: LogLevel): Logger {
  const logger = winston.createLogger({
    level: level === 'silent' ? 'error' : level,
    silent: level === 'silent',
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Stream({ stream: process.stderr })],
  });
  return adapt(logger, {});
}

export const silentLogger: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => silentLogger,
};

function adapt(logger: winston.Logger, context: LogFields): Logger {
  const write = (level: string) => (message: string, fields?: LogFields) => {
    // In one object: beside a message given by itself, winston appends a field named "message" to it.
    logger.log({ ...context, ...fields, level, message });
  };
  return {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: (fields) => adapt(logger, { ...context, ...fields }),
  };
}
