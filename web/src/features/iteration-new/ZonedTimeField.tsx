export { ZonedTimeField } from '../../ui/ZonedTimeField'
