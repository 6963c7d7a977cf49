export { type Moment, momentOf, type WallTime, wallTimeOf } from '../../lib/zoned'
