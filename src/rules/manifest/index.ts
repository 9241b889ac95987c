import type { Rule } from '../rule';
import { API_VERSION } from './api-version';
import { CONFIG_MAP_DATA } from './config-map-data';
import { FIELD_TYPE } from './field-type';
import { LABEL_SYNTAX } from './label-syntax';
import { OBJECT_DUPLICATE } from './object-duplicate';
import { OBJECT_METADATA } from './object-metadata';
import { OBJECT_MISSING } from './object-missing';
import { OBJECT_NAME } from './object-name';
import { OBJECT_SHAPE } from './object-shape';
import { REQUIRED_FIELD } from './required-field';
import { SELECTOR_SHARED } from './selector-shared';
import { UNKNOWN_FIELD } from './unknown-field';
import { WORKLOAD_SELECTOR } from './workload-selector';
import { YAML_SYNTAX } from './yaml-syntax';

/** The manifest itself: what holds for an object of any kind. */
export const MANIFEST_RULES: readonly Rule[] = [
  ...[YAML_SYNTAX, OBJECT_SHAPE, API_VERSION, UNKNOWN_FIELD, FIELD_TYPE, REQUIRED_FIELD],
  ...[OBJECT_NAME, OBJECT_METADATA, OBJECT_DUPLICATE, OBJECT_MISSING, LABEL_SYNTAX],
  ...[WORKLOAD_SELECTOR, SELECTOR_SHARED, CONFIG_MAP_DATA],
];
