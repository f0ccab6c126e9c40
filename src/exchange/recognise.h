/* Marks by which the files of a format are known. */
#ifndef DT__EXCHANGE_RECOGNISE_H
#define DT__EXCHANGE_RECOGNISE_H

#include <stdbool.h>

#include "detente/exchange.h"

bool dt__is_genius(const dt_file *file);
bool dt__is_geniusweb(const dt_file *file);
bool dt__is_negolog(const dt_file *file);
bool dt__is_gmcr(const dt_file *file);
/* Data of a Python program that could run code when they are loaded: GMCR+ before November 2013. */
bool dt__is_pickle(const dt_file *file);
/* A scorable game's list of parties: every line `name,file,role,...`, role p1, p2 or player. */
bool dt__is_cast(const dt_file *file);
bool dt__is_cast_line(const char *line, size_t length);

/* The line at *offset without its end, and *offset after it; false at the end of the file. */
bool dt__next_line(const dt_file *file, size_t *offset, const char **line, size_t *length);

#endif
